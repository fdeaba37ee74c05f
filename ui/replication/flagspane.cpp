// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/flagspane.h>
#include <replication/judge.h>
#include <theme/appearance.h>
#include <widgets/changeview.h>
#include <widgets/emptystate.h>
#include <widgets/statechip.h>
#include <workspace/workspace.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QStackedLayout>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using workspace::SnapshotFeed;

namespace {

constexpr qint64 usualBudget = 5'000'000'000;
constexpr int tickMilliseconds = 500;

/// Both were read whole, at one frame of one log (files: each at once): then what differs, differs.
bool isSameState(const store::Origin &a, const store::Origin &b)
{
    return a.exact && b.exact && a.replicationIndex == b.replicationIndex && a.logId == b.logId
           && (!a.replicationIndex || !a.logId.isEmpty());
}

} // namespace

FlagsPane::FlagsPane(const theme::Appearance &appearance, const Clock &clock, QWidget *parent)
    : QWidget(parent), m_clock(clock), m_replicas(new QComboBox(this)),
      m_state(new widgets::StateChip(appearance, this)), m_sentence(new QLabel(this)),
      m_empty(new widgets::EmptyState(appearance, u"replication"_qs, this)),
      m_view(new widgets::ChangeView(appearance, m_model, this)), m_stack(new QStackedLayout)
{
    setObjectName(u"flagsPane"_qs);
    m_view->setObjectName(u"flagDifferences"_qs);
    m_view->setAccessibleName(tr("Flags that differ"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_replicas->setObjectName(u"flagsReplicaChooser"_qs);
    m_replicas->setAccessibleName(tr("Replica"));
    m_replicas->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_replicas->setMaximumWidth(200);
    m_state->setObjectName(u"flagsState"_qs);
    m_sentence->setObjectName(u"flagsSentence"_qs);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *label = new QLabel(tr("Re&plica"), this);
    label->setBuddy(m_replicas);
    auto *line = new QHBoxLayout;
    line->setSpacing(inside);
    line->addWidget(label);
    line->addWidget(m_replicas);
    line->addSpacing(grid);
    line->addWidget(m_state);
    line->addWidget(m_sentence, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_view);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addLayout(line);
    column->addLayout(m_stack, 1);
    m_tick.setInterval(tickMilliseconds);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (const SnapshotFeed *feed = replica(); feed && isVisible())
            tell(*feed);
    });
    connect(m_replicas, &QComboBox::currentIndexChanged, this, [this] {
        m_firstSights.clear();
        m_isFresh = false;
        refresh();
    });
    setWorkspace(nullptr);
}

void FlagsPane::setWorkspace(const workspace::Workspace *workspace)
{
    if (m_workspace) {
        m_workspace->primary().disconnect(this);
        const QList<SnapshotFeed *> before = m_workspace->replicas();
        for (const SnapshotFeed *feed : before)
            feed->disconnect(this);
    }
    m_workspace = workspace;
    m_isFresh = false;
    m_firstSights.clear();
    const QSignalBlocker quiet(m_replicas);
    m_replicas->clear();
    if (workspace) {
        for (const workspace::Workspace::Node &node : workspace->replicaNodes())
            m_replicas->addItem(node.name, node.source.text);
        connect(&workspace->primary(), &SnapshotFeed::readingChanged, this, &FlagsPane::refresh);
        const QList<SnapshotFeed *> feeds = workspace->replicas();
        for (const SnapshotFeed *feed : feeds) {
            connect(feed, &SnapshotFeed::readingChanged, this, &FlagsPane::refresh);
            connect(feed, &SnapshotFeed::stateChanged, this, &FlagsPane::refresh);
        }
    }
    m_replicas->setEnabled(m_replicas->count() > 1);
    refresh();
}

void FlagsPane::chooseReplica(const QString &text)
{
    if (const int index = m_replicas->findData(text); index >= 0)
        m_replicas->setCurrentIndex(index);
}

void FlagsPane::setBudget(const QString &node, std::optional<qint64> nanoseconds)
{
    if (nanoseconds && *nanoseconds > 0)
        m_budgets.insert(node, *nanoseconds);
    else
        m_budgets.remove(node);
    refresh();
}

const SnapshotFeed *FlagsPane::replica() const
{
    const int place = m_replicas->currentIndex();
    return m_workspace && place >= 0 ? m_workspace->replicas().value(place) : nullptr;
}

void FlagsPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void FlagsPane::refresh()
{
    if (!isVisible() && m_workspace)
        return; // what nobody sees costs nothing
    const SnapshotFeed *feed = replica();
    const bool isKnown = feed && m_workspace->primary().hasReading() && feed->hasReading();
    m_state->setVisible(isKnown);
    m_sentence->setVisible(isKnown);
    if (!isKnown) {
        m_tick.stop();
        m_empty->setContent(
            !feed ? tr("Flags stand against those of a replica once the connection has one.")
                  : tr("The flags of both nodes have not been read yet."));
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    compare(*feed);
    tell(*feed);
}

void FlagsPane::compare(const SnapshotFeed &feed)
{
    const flags::Snapshot &here = m_workspace->primary().reading().snapshot;
    const flags::Snapshot &there = feed.reading().snapshot;
    if (m_isFresh && here == m_here && there == m_there)
        return; // neither selection nor scroll is lost
    m_isFresh = true;
    m_here = here;
    m_there = there;
    const changes::ChangeSet changes = changes::diff(there, here);
    noteFirstSights(changes);
    m_model.setChanges(changes, there, here);
    if (m_model.objectCount() > 0)
        m_stack->setCurrentWidget(m_view);
    else {
        m_empty->setContent(tr("The flags are the same on both."));
        m_stack->setCurrentWidget(m_empty);
    }
}

/// What differed before keeps the time at which it was first seen to.
void FlagsPane::noteFirstSights(const changes::ChangeSet &changes)
{
    std::map<changes::Address, qint64> sights;
    const qint64 now = m_clock.steadyNanoseconds();
    for (const changes::Change &change : changes.changes) {
        const auto known = m_firstSights.find(change.address);
        sights[change.address] = known == m_firstSights.end() ? now : known->second;
    }
    m_firstSights = std::move(sights);
}

void FlagsPane::tell(const SnapshotFeed &feed)
{
    const QString name = m_replicas->currentText();
    const QString node = m_replicas->currentData().toString();
    const int count = m_model.objectCount();
    const QString number = QLocale().toString(count);
    const QString what = count == 1 ? tr("1 object") : tr("%1 objects").arg(number);
    const QString differ =
        count == 1 ? tr("1 object differs") : tr("%1 objects differ").arg(number);
    m_tick.stop();
    if (feed.state() == SnapshotFeed::State::Error) {
        m_state->setState(theme::State::Off, tr("unreachable"), tr("unreachable"));
        m_sentence->setText(tr("%1 does not answer; of what it held last %2.").arg(name, differ));
        return;
    }
    const store::Origin &here = m_workspace->primary().reading().origin;
    const store::Origin &there = feed.reading().origin;
    if (count == 0) {
        m_state->setState(theme::State::Ok, tr("the same"), tr("the same"));
        m_sentence->setText(
            there.replicationIndex
                ? tr("%1 is at frame %2.").arg(name, QLocale().toString(*there.replicationIndex))
                : QString());
        return;
    }
    if (isSameState(here, there)) {
        m_state->setState(theme::State::Bad, tr("different"), tr("different"));
        m_sentence->setText(
            there.replicationIndex
                ? tr("%1 though both are at frame %2: this will not arrive by itself.")
                      .arg(differ, QLocale().toString(*there.replicationIndex))
                : differ + u'.');
        return;
    }
    const qint64 budget = m_budgets.value(node, usualBudget);
    const qint64 now = m_clock.steadyNanoseconds();
    qint64 longest = 0;
    for (const auto &[address, since] : m_firstSights)
        longest = std::max(longest, now - since);
    m_tick.start();
    if (longest > budget) {
        m_state->setState(theme::State::Late, tr("late"), tr("late"));
        m_sentence->setText(tr("%1 on the way to %2 for %3, over the budget of %4.")
                                .arg(what, name, replication::durationInWords(longest),
                                     replication::durationInWords(budget)));
        return;
    }
    m_state->setState(theme::State::Warn, tr("in flight"), tr("in flight"));
    m_sentence->setText(tr("%1 on the way to %2.").arg(what, name));
}

} // namespace edgewise::replicationpage
