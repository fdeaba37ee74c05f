// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>
#include <flags/snapshot.h>

#include <QWidget>

class QLabel;
class QLineEdit;

namespace edgewise::models {
class FlagTableModel;
}
namespace edgewise::theme {
class Appearance;
}

namespace edgewise::flagspage {

class BulkBar;
class FlagActions;
class FlagTableLooks;
class FlagTableView;

/// The flags of a namespace as a table, with what filters them above it, and below it what can be
/// done with several.
class FlagList : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive the list.
    FlagList(const theme::Appearance &appearance, FlagActions &actions, QWidget *parent = nullptr);

    /// As the draft has it, and as it is saved; either may be null.
    void setNamespace(const std::shared_ptr<const flags::Namespace> &nameSpace,
                      const std::shared_ptr<const flags::Namespace> &base);
    void setReadOnly(bool readOnly);
    /// Names as FlagColumns has them; empty is the usual choice.
    void setColumns(const QStringList &names);

    /// Null where there is none.
    std::shared_ptr<const flags::Flag> currentFlag() const;
    /// All that are selected, or else the current one, in the order shown.
    std::vector<FlagKey> chosenFlags() const;
    /// Makes it the current one, past the filter if need be. An unknown one selects nothing.
    void choose(const FlagKey &key);
    /// After a deletion, so that several can be deleted in a row.
    void chooseNext();

signals:
    void currentChanged();
    void openRequested();
    void columnsChanged(const QStringList &names);
    void turned(const QString &key, bool on);

private:
    void createFilter();
    void createTable();
    void showCount();
    void showBulk();
    void showContextMenu(const QPoint &place);
    void focusFilter();

    const theme::Appearance &m_appearance;
    FlagActions &m_actions;
    models::FlagTableModel *m_model;
    FlagTableLooks *m_looks;
    QLineEdit *m_filter;
    FlagTableView *m_table;
    BulkBar *m_bulk;
    QLabel *m_count;
};

} // namespace edgewise::flagspage
