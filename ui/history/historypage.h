// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/changetreemodel.h>
#include <models/savelistmodel.h>
#include <theme/state.h>

#include <QSortFilterProxyModel>
#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedWidget;
class QTableView;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class EmptyState;
class MessageBar;
} // namespace edgewise::widgets
namespace edgewise::workspace {
class Workspace;
}

namespace edgewise::historypage {

/// The saves of one database as the journal kept them: who, when, why and what, before and after;
/// each can be taken back as a draft.
class HistoryPage : public QWidget {
    Q_OBJECT

public:
    /// All must outlive the page.
    HistoryPage(const theme::Appearance &appearance, workspace::Workspace &workspace,
                store::Journal &journal, QWidget *parent = nullptr);

    /// For the window's menu.
    QList<QAction *> actions() const { return {m_revert, m_export, m_copy}; }
    /// Reads the journal again.
    void refresh();

signals:
    /// A save was taken back in the draft.
    void reverted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void createActions();
    QWidget *createList();
    QWidget *createDetail();
    void readPage(qint64 before, int reading);
    void readEntry(const QList<qint64> &ids, int next, int reading);
    void showSheet();
    void showSelected();
    const store::JournalEntry *selected() const;
    void revert();
    void askWhereToExport();
    void copyText();
    QString titleOf(const store::JournalEntry &entry) const;
    void say(theme::State state, const QString &what, const QString &why = {});

    const theme::Appearance &m_appearance;
    workspace::Workspace &m_workspace;
    store::Journal &m_journal;
    models::SaveListModel m_saves;
    QSortFilterProxyModel m_filtered;
    models::ChangeTreeModel m_changes;
    int m_reading = 0; ///< grows with each refresh, so that old answers are dropped
    QAction *m_revert = nullptr;
    QAction *m_export = nullptr;
    QAction *m_copy = nullptr;

    widgets::MessageBar *m_messages;
    widgets::EmptyState *m_empty;
    QStackedWidget *m_sheets;
    QLineEdit *m_filter;
    QTableView *m_table;
    QLabel *m_title;
    QLabel *m_reason;
};

} // namespace edgewise::historypage
