// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/rebase.h>
#include <changes/text.h>
#include <messages/sentence.h>
#include <replication/judge.h>
#include <review/arrivalline.h>
#include <review/changeview.h>
#include <review/conflictlist.h>
#include <review/reviewpage.h>
#include <theme/appearance.h>
#include <widgets/busyindicator.h>
#include <widgets/emptystate.h>
#include <widgets/messagebar.h>
#include <workspace/workspace.h>

#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTabWidget>

namespace edgewise::reviewpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using workspace::Draft;
using workspace::FliptFeed;
using workspace::Save;
using workspace::SnapshotFeed;
using workspace::Workspace;

namespace {

ArrivalStop stopOf(const FliptFeed &flipt, const Save::Arrival &arrival)
{
    ArrivalStop stop;
    stop.name = flipt.address().name;
    stop.why = arrival.node;
    if (arrival.nanoseconds) {
        stop.state = theme::State::Ok;
        stop.figure = u'+' + replication::durationInWords(*arrival.nanoseconds);
    } else if (flipt.state() == FliptFeed::State::Unreachable) {
        stop.figure = ReviewPage::tr("—, unreachable");
    } else if (!flipt.hindrance().isEmpty()) {
        stop.figure = ReviewPage::tr("—, cannot be asked");
        stop.why += u'\n' + flipt.hindrance();
    } else {
        stop.state = theme::State::Warn;
        stop.figure = ReviewPage::tr("on the way");
    }
    return stop;
}

} // namespace

ReviewPage::ReviewPage(const theme::Appearance &appearance, Workspace &workspace, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_workspace(workspace), m_title(new QLabel(this)),
      m_hindrance(new QLabel(this)), m_saveButton(new QPushButton(this)),
      m_messages(new widgets::MessageBar(appearance, this)),
      m_busy(new widgets::BusyIndicator(appearance, this)), m_journey(new QWidget(this)),
      m_arrivals(new ArrivalLine(appearance, this)),
      m_conflicts(new ConflictList(appearance, this)), m_problems(new QLabel(this)),
      m_empty(new widgets::EmptyState(appearance, u"review"_qs, this)),
      m_tabs(new QTabWidget(this)), m_sql(new QPlainTextEdit(this)),
      m_sheets(new QStackedWidget(this))
{
    setObjectName(u"reviewPage"_qs);
    createActions();
    m_empty->setContent(tr("No changes. What is edited on any page is collected here until it is "
                           "saved as one."));
    m_problems->setObjectName(u"reviewProblems"_qs);
    m_problems->setTextFormat(Qt::PlainText);
    m_problems->setWordWrap(true);
    m_sheets->addWidget(m_empty);
    m_sheets->addWidget(createTabs());
    auto *column = new QVBoxLayout(this);
    column->setSpacing(between);
    column->addWidget(createHead());
    column->addWidget(m_messages);
    column->addWidget(m_busy);
    column->addWidget(m_journey);
    column->addWidget(m_conflicts);
    column->addWidget(m_problems);
    column->addWidget(m_sheets, 1);

    auto *journeyLine = new QHBoxLayout(m_journey);
    journeyLine->setContentsMargins({});
    journeyLine->addWidget(m_arrivals, 1);
    auto *undo = new QPushButton(m_undoSave->text(), m_journey);
    undo->setObjectName(u"undoSaveButton"_qs);
    connect(undo, &QPushButton::clicked, m_undoSave, &QAction::trigger);
    connect(m_undoSave, &QAction::enabledChanged, undo, &QWidget::setEnabled);
    journeyLine->addWidget(undo, 0, Qt::AlignTop);
    m_journey->hide();

    connect(&workspace.draft(), &Draft::currentChanged, this, &ReviewPage::takeDraft);
    connect(&workspace.draft(), &Draft::conflictsChanged, this, &ReviewPage::takeConflicts);
    connect(&workspace, &Workspace::lockChanged, this, &ReviewPage::takeLock);
    connect(&workspace, &Workspace::saveStateChanged, this, &ReviewPage::takeSave);
    connect(&workspace, &Workspace::saveStarted, this, [this](Save *started) {
        connect(started, &Save::arrived, this, [this, started] { showArrivals(*started); });
        connect(started, &Save::fliptArrived, this, [this, started] { showArrivals(*started); });
        m_savedFrom = m_workspace.draft().base();
        m_savedTo = m_workspace.draft().current();
        takeSave();
    });
    connect(m_conflicts, &ConflictList::mineChosen, this, [this](size_t conflict) {
        if (const Result<void> taken = m_workspace.draft().takeMine(conflict); !taken)
            m_messages->showMessage(
                {theme::State::Bad, messages::sentence(taken.error()), QString()});
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

    auto *head = new QWidget(this);
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins({});
    line->addWidget(m_title);
    line->addSpacing(between);
    line->addWidget(m_hindrance, 1);
    line->addWidget(m_saveButton);
    line->addWidget(discardButton);
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
    m_tabs->addTab(new ChangeView(m_appearance, m_model, m_tabs), tr("Fields"));
    m_tabs->addTab(m_sql, tr("SQL"));
    return m_tabs;
}

void ReviewPage::takeDraft()
{
    const Draft &draft = m_workspace.draft();
    const int before = m_model.objectCount();
    m_model.setChanges(draft.changes(), draft.base(), draft.current());
    const int count = m_model.objectCount();
    m_sheets->setCurrentIndex(count > 0 ? 1 : 0);
    const QString where = m_workspace.primaryNode().name;
    m_title->setText(count == 1  ? tr("1 change to %1").arg(where)
                     : count > 1 ? tr("%1 changes to %2").arg(locale().toString(count), where)
                                 : tr("Review"));
    m_discard->setEnabled(count > 0);
    if (count > 0 && m_messages->message().state == theme::State::Ok)
        m_messages->clear();
    takeLock();
    showProblems();
    showSql();
    if (count != before)
        emit changeCountChanged(count);
}

void ReviewPage::takeConflicts()
{
    const Draft &draft = m_workspace.draft();
    m_conflicts->setConflicts(draft.conflicts(), draft.base(), draft.current());
    takeLock();
}

void ReviewPage::takeLock()
{
    const std::optional<Error> hindrance = m_workspace.whyNotSave();
    m_save->setEnabled(!hindrance);
    const bool says = hindrance && m_workspace.draft().isChanged();
    // The reason alone: nothing has failed yet that would need a whole sentence with remedies.
    QString reason = says ? hindrance->detail : QString();
    if (!reason.isEmpty())
        reason = reason.at(0).toUpper() + reason.mid(1) + u'.';
    m_hindrance->setText(reason);
    m_save->setToolTip(says ? m_hindrance->text() : tr("Write all changes in one transaction"));
    m_saveButton->setToolTip(m_save->toolTip());
}

void ReviewPage::showProblems()
{
    const QChar bad = theme::stateGlyph(theme::State::Bad);
    QStringList lines;
    for (const flags::Problem &problem : m_workspace.draft().errors())
        lines.append(bad + u' ' + messages::place(problem.location) + u": "_qs
                     + messages::sentence(problem));
    m_problems->setText(lines.join(u'\n'));
    m_problems->setVisible(!lines.isEmpty());
    QPalette colours;
    colours.setColor(QPalette::WindowText, m_appearance.tokens().bad);
    m_problems->setPalette(colours);
}

void ReviewPage::showSql()
{
    if (m_tabs->currentWidget() != m_sql)
        return;
    const Draft &draft = m_workspace.draft();
    const Result<QStringList> statements =
        store::Connection::preview(draft.changes(), draft.base());
    m_sql->setPlainText(statements ? statements->join(u";\n"_qs) + u';'
                                   : messages::sentence(statements.error()));
}

void ReviewPage::save()
{
    emit aboutToSave();
    m_messages->clear();
    if (m_confirm)
        m_confirm(m_model.objectCount(), [this] { write(); });
    else
        write();
}

void ReviewPage::write()
{
    const Result<Save *> started = m_workspace.save();
    if (!started)
        m_messages->showMessage({theme::State::Bad, messages::sentence(started.error()), {}});
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
    // The writer has filled in times since, and somebody may have saved: so the way back is laid on
    // what stands now.
    const auto goBack = [this](const flags::Snapshot &now) -> Result<flags::Snapshot> {
        const Result<changes::Rebased> back =
            changes::rebase(changes::diff(m_savedTo, m_savedFrom), m_savedTo, now);
        if (!back)
            return back.error();
        if (!back->conflicts.empty())
            return Error{.kind = Error::Kind::Conflict,
                         .step = u"undoing the save"_qs,
                         .detail = u"%1 was changed again since"_qs.arg(
                             changes::text(back->conflicts.front().address))};
        return changes::apply(now, back->changes);
    };
    const Result<void> done = m_workspace.draft().edit(tr("undo the save"), goBack);
    if (!done)
        m_messages->showMessage({theme::State::Bad, messages::sentence(done.error()), {}});
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
    m_undoSave->setEnabled(save->isCommitted());
    m_journey->setVisible(save->isCommitted());
    switch (save->state()) {
    case Save::State::Writing:
        break;
    case Save::State::Arriving:
    case Save::State::Arrived:
        showArrivals(*save);
        break;
    case Save::State::Conflict:
        m_messages->showMessage(
            {theme::State::Late, messages::sentence(save->error()),
             tr("Nothing was written. Your changes are laid on the newest state; what collides is "
                "listed below.")});
        break;
    case Save::State::Failed:
        m_messages->showMessage({theme::State::Bad, messages::sentence(save->error()), {}});
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
    const std::optional<quint64> frame = save.receipt().replicationIndex;
    const QString committed =
        frame ? tr("committed frame %1").arg(locale().toString(*frame)) : tr("committed");
    QList<ArrivalStop> stops;
    const QList<SnapshotFeed *> feeds = m_workspace.replicas();
    const QList<Save::Arrival> &arrivals = save.arrivals();
    for (qsizetype i = 0; i < arrivals.size(); ++i) {
        ArrivalStop stop;
        stop.name = m_workspace.replicaNodes().value(i).name;
        stop.why = arrivals[i].node;
        if (arrivals[i].nanoseconds) {
            stop.state = theme::State::Ok;
            stop.figure = u'+' + replication::durationInWords(*arrivals[i].nanoseconds);
        } else if (i < feeds.size() && feeds[i]->state() == SnapshotFeed::State::Error) {
            stop.figure = tr("—, unreachable");
        } else {
            stop.state = theme::State::Warn;
            stop.figure = tr("on the way");
        }
        stops.append(stop);
    }
    const QList<FliptFeed *> flipts = m_workspace.flipts();
    for (qsizetype i = 0; i < save.fliptArrivals().size() && i < flipts.size(); ++i)
        stops.append(stopOf(*flipts[i], save.fliptArrivals()[i]));
    m_arrivals->setJourney(committed, stops);
}

} // namespace edgewise::reviewpage
