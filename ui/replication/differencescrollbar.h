// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollBar>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::replicationpage {

/// A vertical scroll bar with a mark where each difference lies.
class DifferenceScrollBar : public QScrollBar {
    Q_OBJECT

public:
    explicit DifferenceScrollBar(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// Rows that differ, rising, out of `count`.
    void setMarks(const QList<int> &rows, int count);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Appearance &m_appearance;
    QList<int> m_rows;
    int m_count = 0;
};

} // namespace edgewise::replicationpage
