// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QMenu;
class QTableView;
class QWidget;

namespace edgewise::flagspage {

/// Which columns the table of flags shows, and how wide they are. As long as nobody has chosen,
/// some make way where there is little room; what was chosen stays, and the table scrolls. Widths
/// that the user has set stay too.
class FlagColumns : public QObject {
    Q_OBJECT

public:
    /// The table has its model, and outlives this.
    explicit FlagColumns(QTableView &table, QObject *parent = nullptr);

    /// Names of the columns besides the key, as settings keep them; unknown ones are ignored. Empty
    /// is the usual choice.
    void setChosen(const QStringList &names);
    QStringList chosen() const;
    /// Shares the room of the table among them anew.
    void fit();
    /// A check box a column; goes with its parent.
    QMenu *makeMenu(QWidget *parent);

signals:
    /// The user chose otherwise.
    void chosenChanged(const QStringList &names);

private:
    void choose(int column, bool isWanted);
    bool isShown(int column) const { return m_shown.contains(column); }
    bool isUsual() const;
    void shareRoom(int room);

    QTableView &m_table;
    QList<int> m_shown; ///< without the key, which always is
    bool m_isFitting = false;
    bool m_isArranged = false; ///< the user has set widths
};

} // namespace edgewise::flagspage
