// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <flags/validate.h>
#include <models/changetreemodel.h>
#include <review/changeselection.h>
#include <theme/state.h>

#include <QPointer>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTabWidget;

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
class ChangeExchange;
class ConflictList;
class ProblemList;

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
    QList<QAction *> actions() const;
    /// Makes the changes of a file part of the draft, or says in the page why not.
    void loadFile(const QString &path);
    /// A further view of the draft beside its fields and its SQL; the page takes it over.
    void addSheet(QWidget *sheet, const QString &title);
    /// What else stands against a save, to go on a sentence; empty when nothing does.
    void setObjection(const QString &why);
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
    void takeSelection();
    void takeConflicts();
    void takeLock();
    void takeSave();
    void takeBase();
    void showArrivals(const workspace::Save &save);
    void showSql();

    void save();
    void write();
    void discard();
    void undoSave();
    void say(theme::State state, const QString &what, const QString &why = {});
    QString titleText() const;
    /// Why what is chosen cannot be saved.
    std::optional<Error> hindrance() const;

    const theme::Appearance &m_appearance;
    workspace::Workspace &m_workspace;
    Confirmation m_confirm;
    QString m_objection;
    models::ChangeTreeModel m_model;
    ChangeSelection m_selection;
    changes::ChangeSet m_chosen;       ///< of the draft's changes,
    Result<flags::Snapshot> m_outcome; ///< and what they make of the base
    std::vector<flags::Problem> m_found;
    flags::Snapshot m_savedFrom; ///< what the last save started from,
    flags::Snapshot m_savedTo;   ///< and what it wrote
    QAction *m_save;
    QAction *m_discard;
    QAction *m_undoSave;
    QAction *m_undoDiscard;
    QAction *m_resolve;
    ChangeExchange *m_exchange;

    QLabel *m_title;
    QLabel *m_hindrance;
    QPushButton *m_saveButton;
    QLineEdit *m_reason;
    widgets::MessageBar *m_messages;
    widgets::BusyIndicator *m_busy;
    QWidget *m_journey;
    ArrivalLine *m_arrivals;
    ConflictList *m_conflicts;
    ProblemList *m_problems;
    widgets::EmptyState *m_empty;
    QTabWidget *m_tabs;
    QPlainTextEdit *m_sql;
    QStackedWidget *m_sheets;
};

} // namespace edgewise::reviewpage
