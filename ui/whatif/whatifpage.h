// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/program.h>
#include <evaluation/trace.h>
#include <flags/snapshot.h>

#include <QFutureWatcher>
#include <QWidget>

#include <memory>
#include <optional>

class QSplitter;
class QStackedWidget;
class QTableView;
class QTreeView;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::models {
class OutcomeTableModel;
class TraceModel;
} // namespace edgewise::models
namespace edgewise::widgets {
class EmptyState;
}

namespace edgewise::whatifpage {

class AnswerCard;
class QuestionPanel;

/// "What does this entity get, and why?" Answers for what is saved and for the draft, side by side
/// where they differ. Snapshots are compiled on another thread, the newest one first; questions are
/// answered at once.
class WhatIfPage : public QWidget {
    Q_OBJECT

public:
    explicit WhatIfPage(const theme::Appearance &appearance, QWidget *parent = nullptr);
    ~WhatIfPage() override;

    /// What is asked; cheap to call on every edit. An unchanged draft is the saved snapshot.
    void setSnapshots(const flags::Snapshot &saved, const flags::Snapshot &draft);
    void setNamespace(const NamespaceKey &key);
    /// Asks this flag; for links from other pages.
    void ask(const FlagKey &flag);

    QuestionPanel *question() const { return m_question; }
    /// Put what is shown on the clipboard; disabled while there is no answer for one flag.
    QAction *copyTextAction() const { return m_copyText; }
    QAction *copyJsonAction() const { return m_copyJson; }

signals:
    /// The question was answered from the newest snapshots.
    void answered();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Programs {
        std::shared_ptr<const evaluation::Program> saved;
        std::shared_ptr<const evaluation::Program> draft; ///< null when nothing is changed
    };

    void createAnswers(const theme::Appearance &appearance);
    void createActions(const theme::Appearance &appearance);
    void compileNext();
    void takePrograms();
    void fillQuestion();
    void answer();
    void answerOne(const QString &flag);
    void answerAll();
    void arrangeColumns();
    void askRow(const QModelIndex &index);
    evaluation::Trace trace(const evaluation::Program &program, const QString &flag) const;

    const theme::Appearance &m_appearance;
    flags::Snapshot m_saved;
    flags::Snapshot m_draft;
    NamespaceKey m_nameSpace;
    bool m_isStale = false; ///< the snapshots changed since the last compilation began
    Programs m_programs;
    QFutureWatcher<Programs> m_compilation;
    std::optional<evaluation::Trace> m_savedTrace;
    std::optional<evaluation::Trace> m_draftTrace;

    QuestionPanel *m_question;
    QSplitter *m_splitter;
    QStackedWidget *m_stack;
    widgets::EmptyState *m_empty;
    QWidget *m_onePage;
    AnswerCard *m_savedCard;
    AnswerCard *m_draftCard;
    QTreeView *m_tree;
    models::TraceModel *m_trace;
    QWidget *m_allPage;
    QLabel *m_summary;
    QTableView *m_table;
    models::OutcomeTableModel *m_outcomes;
    QAction *m_copyText;
    QAction *m_copyJson;
};

} // namespace edgewise::whatifpage
