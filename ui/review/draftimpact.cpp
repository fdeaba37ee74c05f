// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/compare.h>
#include <review/draftimpact.h>
#include <theme/appearance.h>
#include <widgets/messagebar.h>
#include <widgets/populationeditor.h>
#include <widgets/whomoves.h>

#include <QDialog>
#include <QDialogButtonBox>

namespace edgewise::reviewpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::StateListModel;

namespace {
constexpr int dialogWidth = 460;
constexpr int dialogHeight = 520;
} // namespace

DraftImpact::DraftImpact(const theme::Appearance &appearance, StateListModel &states,
                         const QString &savedState, const QString &draftState,
                         models::PopulationChoice &choice, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_states(states), m_savedState(savedState),
      m_draftState(draftState), m_choice(choice), m_what(new QLabel(this)),
      m_whoMoves(new widgets::WhoMoves(appearance, this))
{
    setObjectName(u"draftImpact"_qs);
    m_what->setObjectName(u"impactPopulation"_qs);
    m_what->setTextFormat(Qt::PlainText);
    m_what->setForegroundRole(QPalette::PlaceholderText);
    auto *change = new QPushButton(tr("Change the population…"), this);
    change->setObjectName(u"impactChangePopulation"_qs);
    connect(change, &QPushButton::clicked, this, &DraftImpact::openPopulation);
    auto *line = new QHBoxLayout;
    line->setSpacing(between);
    line->addWidget(m_what, 1);
    line->addWidget(change);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(inside, inside, inside, inside);
    column->setSpacing(inside);
    column->addLayout(line);
    column->addWidget(m_whoMoves, 1);
    m_whoMoves->setHint(tr("No changes: nobody moves."));
    connect(&states, &StateListModel::programsChanged, this, &DraftImpact::ask);
    connect(&choice, &models::PopulationChoice::changed, this, &DraftImpact::ask);
    ask();
}

void DraftImpact::ask()
{
    const StateListModel::State *saved = m_states.state(m_savedState);
    const StateListModel::State *draft = m_states.state(m_draftState);
    const bool isKnown = saved && draft && saved->program && draft->program;
    if (!isKnown || m_states.areEqual(m_savedState, m_draftState)) {
        m_saved.reset();
        m_draft.reset();
        m_what->clear();
        m_whoMoves->setQuestion({});
        return;
    }
    std::vector<std::pair<NamespaceKey, FlagKey>> flags;
    for (const evaluation::FlagAddress &flag :
         evaluation::changedFlags(*saved->program, *draft->program))
        flags.emplace_back(flag.nameSpace, flag.flag);
    const models::PopulationSource population = m_choice.fittedTo(draft->snapshot, flags);
    // Other states come and go without changing this question.
    if (saved->program == m_saved && draft->program == m_draft && population == m_population)
        return;
    m_saved = saved->program;
    m_draft = draft->program;
    m_population = population;
    m_what->setText(tr("Asked: %1").arg(models::describe(population)));
    m_whoMoves->setQuestion({m_saved, m_draft, {}, population});
}

void DraftImpact::openPopulation()
{
    auto *dialog = new QDialog(this);
    dialog->setObjectName(u"populationDialog"_qs);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Population"));
    dialog->resize(dialogWidth, dialogHeight);
    auto *messages = new widgets::MessageBar(m_appearance, dialog);
    auto *editor = new widgets::PopulationEditor(m_appearance, m_choice, dialog);
    editor->setFitted(m_population.plan.attributes);
    connect(editor, &widgets::PopulationEditor::failed, messages,
            [messages](const QString &sentence) {
                messages->showMessage({theme::State::Bad, sentence, {}});
            });
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(messages);
    column->addWidget(editor, 1);
    column->addWidget(buttons);
    dialog->open();
}

} // namespace edgewise::reviewpage
