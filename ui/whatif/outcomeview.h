// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/outcometablemodel.h>
#include <whatif/question.h>

#include <QWidget>

class QCheckBox;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::whatifpage {

class DifferenceFilter;

/// What every flag of a namespace answers to one entity, in one state or in two.
class OutcomeView : public QWidget {
    Q_OBJECT

public:
    /// `keep` stands beside the summary and stays the caller's.
    OutcomeView(const theme::Appearance &appearance, QAction *keep, QWidget *parent = nullptr);

    /// `question` is the one that they answer.
    void setOutcomes(const std::vector<models::FlagOutcome> &outcomes, const Question &question);

signals:
    /// A row was opened.
    void flagChosen(const edgewise::FlagKey &flag);

private:
    QString summary(const Question &question) const;

    QLabel *m_summary;
    QCheckBox *m_onlyDifferences;
    QTableView *m_table;
    models::OutcomeTableModel *m_outcomes;
    DifferenceFilter *m_filtered;
};

} // namespace edgewise::whatifpage
