// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/populationchoice.h>
#include <models/populationwork.h>
#include <models/statelistmodel.h>

#include <QWidget>

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class WhoMoves;
}

namespace edgewise::reviewpage {

/// Who is served something else once the draft is saved: every flag that the draft touches, by
/// itself or by a segment, over the chosen population.
class DraftImpact : public QWidget {
    Q_OBJECT

public:
    /// `states` and `choice` must outlive it. The ids are those of what is saved and of the draft.
    DraftImpact(const theme::Appearance &appearance, models::StateListModel &states,
                const QString &savedState, const QString &draftState,
                models::PopulationChoice &choice, QWidget *parent = nullptr);

    widgets::WhoMoves *whoMoves() const { return m_whoMoves; }

private:
    void ask();
    void openPopulation();

    const theme::Appearance &m_appearance;
    models::StateListModel &m_states;
    const QString m_savedState;
    const QString m_draftState;
    models::PopulationChoice &m_choice;
    models::ProgramPointer m_saved; ///< what was asked last
    models::ProgramPointer m_draft;
    models::PopulationSource m_population;
    QLabel *m_what;
    widgets::WhoMoves *m_whoMoves;
};

} // namespace edgewise::reviewpage
