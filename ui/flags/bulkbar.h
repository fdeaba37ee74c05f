// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace edgewise::flagspage {

/// What can be done with several chosen flags at once; each is one step of the draft.
class BulkBar : public QWidget {
    Q_OBJECT

public:
    explicit BulkBar(const QList<QAction *> &actions, QWidget *parent = nullptr);

    /// Shown from two flags on.
    void setCount(int chosen, int all);

private:
    QLabel *m_count;
};

} // namespace edgewise::flagspage
