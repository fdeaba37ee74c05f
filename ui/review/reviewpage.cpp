// SPDX-License-Identifier: GPL-3.0-or-later
#include <messages/sentence.h>
#include <review/arrivalline.h>
#include <review/changeexchange.h>
#include <review/conflictlist.h>
#include <review/draftproblems.h>
#include <review/journey.h>
#include <review/problemlist.h>
#include <review/reviewpage.h>
#include <theme/appearance.h>
#include <widgets/busyindicator.h>
#include <widgets/changeview.h>
#include <widgets/emptystate.h>
#include <widgets/messagebar.h>
#include <widgets/parts.h>
#include <workspace/workspace.h>

#include <QMenu>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

namespace edgewise::reviewpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using workspace::Draft;
using workspace::Save;
using workspace::Workspace;

ReviewPage::ReviewPage(const theme::Appearance &appearance, Workspace &workspace, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_workspace(workspace),
      m_outcome(flags::Snapshot()), m_title(new QLabel(this)), m_hindrance(new QLabel(this)),
      m_saveButton(new QPushButton(this)), m_reason(new QLineEdit(this)),
      m_messages(new widgets::MessageBar(appearance, this)),
      m_busy(new widgets::BusyIndicator(appearance, this)), m_journey(new QWidget(this)),
      m_arrivals(new ArrivalLine(appearance, this)),
      m_conflicts(new ConflictList(appearance, this)),
      m_problems(new ProblemList(appearance, this)),
      m_empty(new widgets::EmptyState(appearance, u"review"_qs, this)),
      m_tabs(new QTabWidget(this)), m_sql(new QPlainTextEdit(this)),
      m_sheets(new QStackedWidget(this))
{
    setObjectName(u"reviewPage"_qs);
    createActions();
    m_selection.setSourceModel(&m_model);
    m_empty->setContent(tr("No changes. What is edited on any page is collected here until it is "
                           "saved as one."),
                        m_exchange->loadAction());
    m_reason->setObjectName(u"reviewReason"_qs);
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(tr("Reason, kept in the history"));
    m_problems->setObjectName(u"reviewProblems"_qs);
    m_sheets->addWidget(m_empty);
    m_sheets->addWidget(createTabs());
    auto *column = new QVBoxLayout(this);
    column->setSpacing(between);
    column->addWidget(createHead());
    column->addWidget(m_messages);
    column->addWidget(m_busy);
    column->addWidget(m_journey);
    column->addWidget(m_conflicts);
    column->addWidget(m_reason);
    column->addWidget(m_problems);
    column->addWidget(m_sheets, 1);

    auto *journeyLine = new QHBoxLayout(m_journey);
    journeyLine->setContentsMargins({});
    journeyLine->addWidget(m_arrivals, 1);
    auto *undo = new QPushButton(m_undoSave->text(), m_journey);
    undo->setObjectName(u"undoSaveButton"_qs);
    connect(undo, &QPushButton::clicked, m_undoSave, &QAction::trigger);
    undo->setEnabled(m_undoSave->isEnabled());
    connect(m_undoSave, &QAction::enabledChanged, undo, &QWidget::setEnabled);
    journeyLine->addWidget(undo, 0, Qt::AlignTop);
    m_journey->hide();

    connect(&workspace.draft(), &Draft::currentChanged, this, &ReviewPage::takeDraft);
    connect(&workspace.draft(), &Draft::baseChanged, this, &ReviewPage::takeBase);
    connect(&workspace.draft(), &Draft::conflictsChanged, this, &ReviewPage::takeConflicts);
    connect(&workspace, &Workspace::lockChanged, this, &ReviewPage::takeLock);
    connect(&workspace, &Workspace::saveStateChanged, this, &ReviewPage::takeSave);
    connect(&workspace, &Workspace::saveStarted, this, [this](Save *started) {
        connect(started, &Save::arrived, this, [this, started] { showArrivals(*started); });
        connect(started, &Save::fliptArrived, this, [this, started] { showArrivals(*started); });
        m_savedFrom = m_workspace.draft().base();
        m_savedTo = changes::apply(m_savedFrom, started->changes()).value_or(m_savedFrom);
        takeSave();
    });
    connect(&m_selection, &ChangeSelection::selectionChanged, this, &ReviewPage::takeSelection);
    connect(m_conflicts, &ConflictList::mineChosen, this, [this](size_t conflict) {
        if (const Result<void> taken = m_workspace.draft().takeMine(conflict); !taken)
            say(theme::State::Bad, messages::sentence(taken.error()));
    });
    connect(m_conflicts, &ConflictList::theirsChosen, this,
            [this](size_t conflict) { m_workspace.draft().takeTheirs(conflict); });
    connect(m_tabs, &QTabWidget::currentChanged, this, &ReviewPage::showSql);
    takeDraft();
    takeConflicts();
}

void ReviewPage::createActions()
{
    const auto make = [this](const QString &name, const QString &text, const QString &icon,
                             const QKeySequence &key, void (ReviewPage::*run)()) {
        auto *action = new QAction(m_appearance.icon(icon), text, this);
        action->setObjectName(name);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, run);
        return action;
    };
    m_save = make(u"save"_qs, tr("Save"), u"save"_qs, QKeySequence::Save, &ReviewPage::save);
    m_discard = make(u"discard"_qs, tr("Discard"), u"delete"_qs, {}, &ReviewPage::discard);
    m_undoSave = make(u"undoSave"_qs, tr("Undo this save"), u"undo"_qs, {}, &ReviewPage::undoSave);
    m_undoSave->setEnabled(false);
    const auto content = [this] {
        return ChangeExchange::Content{m_title->text(), m_reason->text().trimmed(), m_chosen,
                                       m_outcome};
    };
    m_exchange = new ChangeExchange(m_appearance, m_workspace, content, this);
    connect(m_exchange, &ChangeExchange::said, this, &ReviewPage::say);
    m_undoDiscard = new QAction(m_appearance.icon(u"undo"_qs), tr("Undo"), this);
    m_undoDiscard->setObjectName(u"undoDiscard"_qs);
    connect(m_undoDiscard, &QAction::triggered, this, [this] {
        m_messages->clear();
        m_workspace.draft().undo();
    });
    m_resolve = new QAction(tr("Ask what became of it"), this);
    m_resolve->setObjectName(u"resolveOutcome"_qs);
    connect(m_resolve, &QAction::triggered, this, [this] { m_workspace.resolveOutcome(); });
}

QWidget *ReviewPage::createHead()
{
    m_title->setObjectName(u"reviewTitle"_qs);
    m_title->setFont(theme::textFont(theme::TextSize::Heading, QFont::DemiBold));
    m_title->setTextFormat(Qt::PlainText);
    m_hindrance->setObjectName(u"saveHindrance"_qs);
    m_hindrance->setTextFormat(Qt::PlainText);
    m_hindrance->setWordWrap(true);
    m_hindrance->setForegroundRole(QPalette::PlaceholderText);
    m_saveButton->setObjectName(u"saveButton"_qs);
    m_saveButton->setText(m_save->text());
    m_saveButton->setDefault(true);
    connect(m_saveButton, &QPushButton::clicked, m_save, &QAction::trigger);
    auto *discardButton = new QPushButton(m_discard->text(), this);
    discardButton->setObjectName(u"discardButton"_qs);
    connect(discardButton, &QPushButton::clicked, m_discard, &QAction::trigger);
    connect(m_discard, &QAction::enabledChanged, discardButton, &QWidget::setEnabled);
    connect(m_save, &QAction::enabledChanged, m_saveButton, &QWidget::setEnabled);

    QToolButton *more =
        widgets::iconButton(m_appearance, u"more"_qs, u"reviewMore"_qs,
                            tr("More: copy, save to a file, load from a file"), this);
    auto *menu = new QMenu(more);
    menu->addActions(
        {m_exchange->copyAction(), m_exchange->keepAction(), m_exchange->loadAction()});
    connect(more, &QToolButton::clicked, menu,
            [more, menu] { menu->popup(more->mapToGlobal(more->rect().bottomLeft())); });

    auto *head = new QWidget(this);
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins({});
    line->addWidget(m_title);
    line->addSpacing(between);
    line->addWidget(m_hindrance, 1);
    line->addWidget(m_saveButton);
    line->addWidget(discardButton);
    line->addWidget(more);
    return head;
}

QWidget *ReviewPage::createTabs()
{
    m_tabs->setObjectName(u"reviewTabs"_qs);
    m_sql->setObjectName(u"reviewSql"_qs);
    m_sql->setAccessibleName(tr("SQL of the save"));
    m_sql->setReadOnly(true);
    m_sql->setFont(theme::codeFont());
    m_sql->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_tabs->addTab(new widgets::ChangeView(m_appearance, m_selection, m_tabs), tr("Fields"));
    m_tabs->addTab(m_sql, tr("SQL"));
    return m_tabs;
}

QString ReviewPage::titleText() const
{
    const QString where = m_workspace.primaryNode().name;
    const int count = m_model.objectCount();
    const int chosen = m_selection.chosenCount();
    if (count == 0)
        return tr("Review");
    if (chosen < count)
        return tr("%1 of %2 changes to %3").arg(chosen).arg(count).arg(where);
    return count == 1 ? tr("1 change to %1").arg(where)
                      : tr("%1 changes to %2").arg(locale().toString(count), where);
}

QList<QAction *> ReviewPage::actions() const
{
    return {m_save,
            m_discard,
            m_undoSave,
            m_exchange->copyAction(),
            m_exchange->keepAction(),
            m_exchange->loadAction()};
}

void ReviewPage::loadFile(const QString &path)
{
    m_exchange->load(path);
}

void ReviewPage::addSheet(QWidget *sheet, const QString &title)
{
    m_tabs->addTab(sheet, title);
}

void ReviewPage::setObjection(const QString &why)
{
    m_objection = why;
    takeLock();
}

void ReviewPage::takeDraft()
{
    const Draft &draft = m_workspace.draft();
    const int before = m_model.objectCount();
    m_model.setChanges(draft.changes(), draft.base(), draft.current());
    const int count = m_model.objectCount();
    m_sheets->setCurrentIndex(count > 0 ? 1 : 0);
    m_reason->setVisible(count > 0);
    m_discard->setEnabled(count > 0);
    m_exchange->setHasChanges(count > 0);
    if (count > 0 && m_messages->message().state == theme::State::Ok)
        m_messages->clear();
    takeSelection();
    if (count != before)
        emit changeCountChanged(count);
}

void ReviewPage::takeSelection()
{
    const Draft &draft = m_workspace.draft();
    m_chosen = m_selection.chosen(draft.changes());
    m_outcome = m_selection.isAll() ? Result<flags::Snapshot>(draft.current())
                                    : changes::apply(draft.base(), m_chosen);
    m_found =
        m_outcome ? problemsOf(m_chosen, draft.base(), *m_outcome) : std::vector<flags::Problem>();
    m_title->setText(titleText());
    takeLock();
    m_problems->setProblems(m_found);
    showSql();
}

void ReviewPage::takeConflicts()
{
    const Draft &draft = m_workspace.draft();
    m_conflicts->setConflicts(draft.conflicts(), draft.base(), draft.current());
    takeLock();
}

std::optional<Error> ReviewPage::hindrance() const
{
    const bool isAll = m_selection.isAll();
    if (const auto why = isAll ? m_workspace.whyNotSave() : m_workspace.whyNotWrite())
        return why;
    const auto because = [](const QString &detail) {
        return Error{.kind = Error::Kind::Input, .step = u"saving"_qs, .detail = detail};
    };
    if (!m_objection.isEmpty())
        return because(m_objection);
    if (isAll)
        return std::nullopt;
    if (m_chosen.isEmpty())
        return because(u"nothing is chosen"_qs);
    if (!m_outcome)
        return because(u"what is chosen needs what is left out: "_qs + m_outcome.error().detail);
    for (const flags::Problem &problem : m_found)
        if (problem.severity == flags::Problem::Severity::Error)
            return because(u"what is chosen holds errors"_qs);
    return std::nullopt;
}

void ReviewPage::takeLock()
{
    const std::optional<Error> why = hindrance();
    m_save->setEnabled(!why);
    const bool says = why && m_workspace.draft().isChanged();
    // The reason alone: nothing has failed yet that would need a whole sentence with remedies.
    QString reason = says ? why->detail : QString();
    if (!reason.isEmpty())
        reason = reason.at(0).toUpper() + reason.mid(1) + u'.';
    m_hindrance->setText(reason);
    m_save->setToolTip(says ? m_hindrance->text() : tr("Write the changes in one transaction"));
    m_saveButton->setToolTip(m_save->toolTip());
}

void ReviewPage::showSql()
{
    if (m_tabs->currentWidget() != m_sql)
        return;
    const Result<QStringList> statements =
        store::Connection::preview(m_chosen, m_workspace.draft().base());
    m_sql->setPlainText(statements ? statements->join(u";\n"_qs) + u';'
                                   : messages::sentence(statements.error()));
}

void ReviewPage::say(theme::State state, const QString &what, const QString &why)
{
    m_messages->showMessage({state, what, why});
}

void ReviewPage::save()
{
    emit aboutToSave();
    m_messages->clear();
    if (m_confirm)
        m_confirm(m_selection.chosenCount(), [this] { write(); });
    else
        write();
}

void ReviewPage::write()
{
    const QString reason = m_reason->text().trimmed();
    const Result<Save *> started =
        m_selection.isAll() ? m_workspace.save(reason) : m_workspace.saveOnly(m_chosen, reason);
    if (!started)
        say(theme::State::Bad, messages::sentence(started.error()));
}

void ReviewPage::discard()
{
    const int count = m_model.objectCount();
    m_workspace.draft().discard(tr("discard all changes"));
    m_messages->showMessage({theme::State::Off,
                             count == 1 ? tr("1 change discarded.")
                                        : tr("%1 changes discarded.").arg(locale().toString(count)),
                             {}},
                            {m_undoDiscard});
}

void ReviewPage::undoSave()
{
    const Save *save = m_workspace.lastSave();
    if (!save || !save->isCommitted())
        return;
    const Result<void> done =
        m_workspace.draft().edit(tr("undo the save"), [this](const flags::Snapshot &now) {
            return undone(now, m_savedFrom, m_savedTo);
        });
    if (!done)
        say(theme::State::Bad, messages::sentence(done.error()));
}

/// What was saved can be undone in the draft as soon as the draft stands on it.
void ReviewPage::takeBase()
{
    const Save *save = m_workspace.lastSave();
    m_undoSave->setEnabled(save && standsOn(m_workspace.draft(), *save));
}

void ReviewPage::takeSave()
{
    const Save *save = m_workspace.lastSave();
    if (!save)
        return;
    if (save->state() == Save::State::Writing)
        m_busy->start(tr("Writing to %1").arg(m_workspace.primaryNode().name));
    else
        m_busy->stop();
    takeBase();
    m_journey->setVisible(save->isCommitted());
    switch (save->state()) {
    case Save::State::Writing:
        break;
    case Save::State::Arriving:
    case Save::State::Arrived:
        m_reason->clear();
        m_selection.chooseAll();
        showArrivals(*save);
        break;
    case Save::State::Conflict:
        m_messages->showMessage(
            {theme::State::Late, messages::sentence(save->error()),
             tr("Nothing was written. Your changes are laid on the newest state; what collides is "
                "listed below.")});
        break;
    case Save::State::Failed:
        say(theme::State::Bad, messages::sentence(save->error()));
        break;
    case Save::State::Unknown:
        m_messages->showMessage({theme::State::Bad, messages::sentence(save->error()),
                                 tr("Nothing can be saved until it is known what is there.")},
                                {m_resolve});
        break;
    }
    takeLock();
}

void ReviewPage::showArrivals(const Save &save)
{
    if (!save.isCommitted())
        return;
    m_arrivals->setJourney(committedText(save), stopsOf(save, m_workspace));
}

} // namespace edgewise::reviewpage
