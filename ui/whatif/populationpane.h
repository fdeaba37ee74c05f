// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/latestjob.h>
#include <models/populationchoice.h>
#include <models/populationwork.h>
#include <whatif/question.h>

#include <QWidget>

class QComboBox;
class QStackedWidget;
class QTabWidget;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::models {
class ShareTreeModel;
}
namespace edgewise::widgets {
class EmptyState;
class JobLine;
class PopulationEditor;
class WhoMoves;
} // namespace edgewise::widgets

namespace edgewise::whatifpage {

/// What a flag gives a population: the shares of its answers against those configured, and who
/// moves between two states. Works on another thread, only while it is visible; a newer question
/// cancels the older.
class PopulationPane : public QWidget {
    Q_OBJECT

public:
    /// `choice` must outlive the pane.
    PopulationPane(const theme::Appearance &appearance, models::PopulationChoice &choice,
                   QWidget *parent = nullptr);
    ~PopulationPane() override;

    void setQuestion(const Question &question);
    widgets::WhoMoves *whoMoves() const { return m_whoMoves; }
    QAction *exportSharesAction() const { return m_exportShares; }

signals:
    /// The shares of the newest question are there, or could not be had.
    void answered();
    void failed(const QString &sentence);
    void entityChosen(const edgewise::evaluation::FlagAddress &flag, const QString &entity);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *createMix();
    QWidget *createResult();
    void takeChoice();
    void fillBreakdown();
    void run();
    void take(const Result<models::TallyAnswer> &answer);
    void showGroups();
    void exportShares(const QString &file);
    void cancel();

    const theme::Appearance &m_appearance;
    models::PopulationChoice &m_choice;
    Question m_question;
    Question m_asked;                      ///< the one that runs or is answered
    models::PopulationSource m_population; ///< the choice, fitted to the question
    evaluation::Simulation m_simulation;   ///< that the answer is of
    bool m_isStale = false;
    models::LatestJob<Result<models::TallyAnswer>> m_job;
    models::TallyAnswer m_answer;

    QAction *m_exportShares;
    QComboBox *m_breakdown;
    widgets::PopulationEditor *m_editor;
    QStackedWidget *m_stack;
    widgets::EmptyState *m_empty;
    QWidget *m_result;
    QLabel *m_verdict;
    QLabel *m_note;
    widgets::JobLine *m_progress;
    QTabWidget *m_tabs;
    QComboBox *m_side; ///< whose shares are shown, where two states are asked
    QTreeView *m_tree;
    models::ShareTreeModel *m_shares;
    widgets::WhoMoves *m_whoMoves;
};

} // namespace edgewise::whatifpage
