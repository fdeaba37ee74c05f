// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/trace.h>
#include <models/latestjob.h>
#include <models/outcometablemodel.h>
#include <whatif/question.h>

#include <QWidget>

class QSplitter;
class QStackedWidget;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::models {
class TraceModel;
}
namespace edgewise::widgets {
class EmptyState;
}
namespace edgewise::evaluation {
struct Expectation;
}

namespace edgewise::whatifpage {

class AnswerCard;
class ContextPanel;
class OutcomeView;

/// What one entity gets: from one flag, with how that came about, or from all flags of a
/// namespace; in one state or in two side by side. Answers on another thread; a newer question
/// cancels the older.
class EntityPane : public QWidget {
    Q_OBJECT

public:
    explicit EntityPane(const theme::Appearance &appearance, QWidget *parent = nullptr);
    ~EntityPane() override;

    void setQuestion(const Question &question);
    ContextPanel *context() const { return m_context; }
    /// Put what is shown on the clipboard; disabled while there is no answer for one flag.
    QAction *copyTextAction() const { return m_copyText; }
    QAction *copyJsonAction() const { return m_copyJson; }
    /// That what is on screen stays as it is, in the second state where there are two.
    std::vector<evaluation::Expectation> expectations() const;

signals:
    /// The newest question was answered.
    void answered();
    /// A row of all flags was opened.
    void flagChosen(const edgewise::FlagKey &flag);
    /// expectations() shall be kept.
    void expectationsWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Answer {
        std::optional<evaluation::Trace> first; ///< of one flag
        std::optional<evaluation::Trace> second;
        std::vector<models::FlagOutcome> outcomes; ///< of all flags
        models::OutcomeQuestion question;

        friend bool operator==(const Answer &, const Answer &) = default;
    };
    struct Asked;

    void createActions(const theme::Appearance &appearance);
    QWidget *createOnePage(const theme::Appearance &appearance);
    void ask();
    static Answer answer(const Asked &asked, const models::JobProgress &progress);
    void showAnswer(const Answer &answer);
    void showOne();
    void arrangeColumns();
    void copy(bool asJson);

    const theme::Appearance &m_appearance;
    Question m_question;
    models::LatestJob<Answer> m_job;
    Answer m_answer;  ///< what is shown,
    Question m_shown; ///< and the question that it answers

    QAction *m_copyText;
    QAction *m_copyJson;
    QAction *m_keep;
    ContextPanel *m_context;
    QSplitter *m_splitter;
    QStackedWidget *m_stack;
    widgets::EmptyState *m_empty;
    AnswerCard *m_firstCard;
    AnswerCard *m_secondCard;
    QLabel *m_divergence;
    QTreeView *m_tree;
    models::TraceModel *m_trace;
    QWidget *m_onePage;
    OutcomeView *m_all;
};

} // namespace edgewise::whatifpage
