// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/changetreemodel.h>

#include <QPointer>
#include <QWidget>

#include <functional>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace edgewise {
struct Error;
}
namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class BusyIndicator;
class EmptyState;
class MessageBar;
} // namespace edgewise::widgets
namespace edgewise::workspace {
class Save;
class Workspace;
} // namespace edgewise::workspace

namespace edgewise::reviewpage {

class ArrivalLine;
class ConflictList;

/// The draft before it is saved: what changes, as fields and as SQL, what stands against it; then
/// the save and its journey to the replicas.
class ReviewPage : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive the page.
    ReviewPage(const theme::Appearance &appearance, workspace::Workspace &workspace,
               QWidget *parent = nullptr);

    /// Asked before each save with the number of changes: calls what it is given when it may go on,
    /// now or later. Without it every save may.
    using Confirmation = std::function<void(int count, const std::function<void()> &goOn)>;
    void setConfirmation(Confirmation confirmation) { m_confirm = std::move(confirmation); }

    /// For the window's menu.
    QList<QAction *> actions() const { return {m_save, m_discard, m_undoSave}; }
    /// How many flags, segments and namespaces the draft changes.
    int changeCount() const { return m_model.objectCount(); }

signals:
    void changeCountChanged(int count);
    /// Before a save reads the draft: whoever holds typed text back must give it now.
    void aboutToSave();

private:
    void createActions();
    QWidget *createHead();
    QWidget *createTabs();
    void takeDraft();
    void takeConflicts();
    void takeLock();
    void takeSave();
    void showArrivals(const workspace::Save &save);
    void showSql();
    void showProblems();

    void save();
    void write();
    void discard();
    void undoSave();

    const theme::Appearance &m_appearance;
    workspace::Workspace &m_workspace;
    Confirmation m_confirm;
    models::ChangeTreeModel m_model;
    flags::Snapshot m_savedFrom; ///< what the last save started from,
    flags::Snapshot m_savedTo;   ///< and what it wrote
    QAction *m_save;
    QAction *m_discard;
    QAction *m_undoSave;
    QAction *m_undoDiscard;
    QAction *m_resolve;

    QLabel *m_title;
    QLabel *m_hindrance;
    QPushButton *m_saveButton;
    widgets::MessageBar *m_messages;
    widgets::BusyIndicator *m_busy;
    QWidget *m_journey;
    ArrivalLine *m_arrivals;
    ConflictList *m_conflicts;
    QLabel *m_problems;
    widgets::EmptyState *m_empty;
    QTabWidget *m_tabs;
    QPlainTextEdit *m_sql;
    QStackedWidget *m_sheets;
};

} // namespace edgewise::reviewpage
