// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/draftexpectations.h>
#include <theme/theme.h>
#include <widgets/expectationview.h>

#include <QCheckBox>

namespace edgewise::reviewpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::StateListModel;
using widgets::ExpectationView;

DraftExpectations::DraftExpectations(const theme::Appearance &appearance, StateListModel &states,
                                     const QString &draftState, QWidget *parent)
    : QWidget(parent), m_states(states), m_draftState(draftState),
      m_view(new ExpectationView(appearance, this)),
      m_blocks(new QCheckBox(tr("Save only what meets them all"), this))
{
    setObjectName(u"draftExpectations"_qs);
    m_blocks->setObjectName(u"expectationsBlock"_qs);
    m_blocks->setToolTip(tr("While an expectation is not met, or a line of the file cannot be "
                            "read, the draft cannot be saved."));
    m_blocks->setChecked(true);
    m_blocks->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(inside, inside, inside, inside);
    column->setSpacing(inside);
    column->addWidget(m_view, 1);
    column->addWidget(m_blocks);
    connect(&states, &StateListModel::programsChanged, this, &DraftExpectations::takePrograms);
    connect(&states, &StateListModel::dataChanged, this, &DraftExpectations::judge);
    connect(m_view, &ExpectationView::answered, this, &DraftExpectations::judge);
    connect(m_view, &ExpectationView::fileChanged, this, &DraftExpectations::judge);
    connect(m_blocks, &QCheckBox::toggled, this, &DraftExpectations::judge);
    takePrograms();
}

void DraftExpectations::takePrograms()
{
    if (const StateListModel::State *draft = m_states.state(m_draftState))
        m_view->setState(draft->program, draft->name);
    judge();
}

QString DraftExpectations::objection() const
{
    if (m_view->file().isEmpty() || !m_blocks->isChecked())
        return {};
    const StateListModel::State *draft = m_states.state(m_draftState);
    if (!draft || !draft->program || draft->isStale || !m_view->isAnswered())
        return tr("the expectations are being checked");
    return m_view->areMet() ? QString() : m_view->finding();
}

void DraftExpectations::judge()
{
    m_blocks->setVisible(!m_view->file().isEmpty());
    const QString now = objection();
    if (now != std::exchange(m_objection, now))
        emit objectionChanged(now);
}

} // namespace edgewise::reviewpage
