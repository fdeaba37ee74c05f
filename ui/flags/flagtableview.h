// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::flagspage {

class FlagColumns;

/// The table of flags: whole rows are selected, the switch turns in place. Enter goes to the
/// editor; Space turns the current flag wherever in its row one stands.
class FlagTableView : public QTableView {
    Q_OBJECT

public:
    explicit FlagTableView(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// Sets the model, and draws the two columns that have looks of their own.
    void setColumns(QAbstractItemModel *model, int keyColumn, int enabledColumn);
    /// Null before setColumns().
    FlagColumns *columns() const { return m_columns; }

signals:
    void openRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    const theme::Appearance &m_appearance;
    FlagColumns *m_columns = nullptr;
    int m_enabledColumn = -1;
};

} // namespace edgewise::flagspage
