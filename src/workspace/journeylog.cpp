// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/journeylog.h"

#include "workspace/keptjourneys.h"

#include <base/whenready.h>

namespace edgewise::workspace {

namespace {

constexpr qsizetype mostJourneys = 1000;
constexpr qint64 millisecond = 1'000'000;
constexpr int keepMilliseconds = 1000;

QMap<QString, QString> stampsOf(const flags::Snapshot &snapshot)
{
    QMap<QString, QString> stamps;
    for (const auto &nameSpace : snapshot.namespaces)
        stamps.insert(nameSpace->key.text(), nameSpace->stateModified.value_or(QString()));
    return stamps;
}

/// What is newer in `now`; stamps sort like time.
QMap<QString, QString> renewed(const QMap<QString, QString> &before,
                               const QMap<QString, QString> &now)
{
    QMap<QString, QString> stamps;
    for (auto stamp = now.begin(); stamp != now.end(); ++stamp) {
        if (before.value(stamp.key()) != stamp.value())
            stamps.insert(stamp.key(), stamp.value());
    }
    return stamps;
}

bool shows(const SnapshotFeed &replica, const QMap<QString, QString> &stamps)
{
    if (!replica.hasReading() || replica.state() == SnapshotFeed::State::Error)
        return false;
    for (auto stamp = stamps.begin(); stamp != stamps.end(); ++stamp) {
        const auto nameSpace = replica.reading().snapshot.nameSpace(NamespaceKey(stamp.key()));
        if (!nameSpace || nameSpace->stateModified.value_or(QString()) < stamp.value())
            return false;
    }
    return true;
}

} // namespace

JourneyLog::JourneyLog(Workspace &workspace, store::Journal *journal, const Clock &clock,
                       QObject *parent)
    : QObject(parent), m_workspace(workspace), m_journal(journal), m_clock(clock)
{
    m_keepTimer.setSingleShot(true);
    m_keepTimer.setInterval(keepMilliseconds);
    connect(&m_keepTimer, &QTimer::timeout, this, &JourneyLog::keepChanged);
    connect(&workspace.primary(), &SnapshotFeed::readingChanged, this, &JourneyLog::takeReading);
    connect(&workspace.primary(), &SnapshotFeed::positionChanged, this, &JourneyLog::takePosition);
    connect(&workspace, &Workspace::saveStateChanged, this, &JourneyLog::takeSave);
    const QList<SnapshotFeed *> replicas = workspace.replicas();
    for (int i = 0; i < replicas.size(); ++i) {
        const auto look = [this, i] { lookAtReplica(i); };
        connect(replicas[i], &SnapshotFeed::positionChanged, this, look);
        connect(replicas[i], &SnapshotFeed::readingChanged, this, look);
        connect(replicas[i], &SnapshotFeed::stateChanged, this, look); // it may answer again
    }
    const QList<FliptFeed *> flipts = workspace.flipts();
    for (int i = 0; i < flipts.size(); ++i)
        connect(flipts[i], &FliptFeed::caughtUp, this, [this, i] { takeFlipt(i); });
    if (journal)
        loadKept();
    if (workspace.primary().hasReading())
        takeReading();
}

JourneyLog::~JourneyLog()
{
    keepChanged();
}

void JourneyLog::loadKept()
{
    using Summaries = Result<QList<store::JournalSummary>>;
    using Sightings = Result<QList<store::JournalSighting>>;
    const QString source = m_workspace.primaryNode().source.text;
    whenReady(m_journal->summaries(source, 0, int(mostJourneys)), this,
              [this, source](const Summaries &saves) {
                  whenReady(m_journal->sightings(source, int(mostJourneys)), this,
                            [this, saves](const Sightings &sightings) {
                                takeKept(saves ? *saves : QList<store::JournalSummary>(),
                                         sightings ? *sightings : QList<store::JournalSighting>());
                            });
              });
}

void JourneyLog::takeKept(const QList<store::JournalSummary> &saves,
                          const QList<store::JournalSighting> &sightings)
{
    const QList<FliptFeed *> flipts = m_workspace.flipts();
    const auto isFlipt = [&flipts](const QString &node) {
        return std::any_of(flipts.begin(), flipts.end(), [&](const FliptFeed *flipt) {
            return flipt->address().base.toString() == node;
        });
    };
    QList<Journey> kept;
    for (const store::JournalSummary &summary : saves) {
        if (summary.state == store::JournalSummary::State::Saved && !summary.arrivals.isEmpty())
            kept.append(keptJourney(summary, isFlipt));
    }
    for (const store::JournalSighting &sighting : sightings) {
        const bool isKnown =
            std::any_of(m_journeys.begin(), m_journeys.end(), [&sighting](const Journey &journey) {
                return journey.isOthers() && journey.beganWall == sighting.seenAt;
            });
        if (!isKnown)
            kept.append(keptJourney(sighting));
    }
    std::stable_sort(kept.begin(), kept.end(),
                     [](const Journey &a, const Journey &b) { return a.beganWall < b.beganWall; });
    for (qsizetype i = 0; i < kept.size(); ++i) {
        kept[i].id = i - kept.size();
        for (JourneyStop &stop : kept[i].stops)
            stop.name = nameOf(stop.node);
    }
    m_journeys = kept + m_journeys;
    if (m_journeys.size() > mostJourneys)
        m_journeys.remove(0, m_journeys.size() - mostJourneys);
    emit journeysReset();
}

/// Tells of the journey, and has the journal follow where it is somebody else's.
void JourneyLog::noteChange(const Journey &journey)
{
    if (m_journal && (journey.isOthers() || m_keptAt.contains(journey.id))) {
        m_changed.insert(journey.id);
        if (!m_keepTimer.isActive())
            m_keepTimer.start();
    }
    emit journeyChanged(journey.id);
}

void JourneyLog::keepChanged()
{
    const QSet<qint64> changed = std::exchange(m_changed, {});
    for (const Journey &journey : std::as_const(m_journeys)) {
        if (!changed.contains(journey.id))
            continue;
        const QString source = m_workspace.primaryNode().source.text;
        if (!journey.isOthers()) { // the answer of our own commit came after its first sight
            m_journal->dropSighting(source, m_keptAt.take(journey.id));
            continue;
        }
        m_keptAt.insert(journey.id, journey.beganWall);
        m_journal->keepSighting(sightingOf(source, journey));
    }
}

QString JourneyLog::nameOf(const QString &node) const
{
    for (const Workspace::Node &replica : m_workspace.replicaNodes()) {
        if (replica.source.text == node)
            return replica.name;
    }
    const QList<FliptFeed *> flipts = m_workspace.flipts();
    for (const FliptFeed *flipt : flipts) {
        if (flipt->address().base.toString() == node)
            return flipt->address().name;
    }
    return node;
}

Journey JourneyLog::begin(Journey::Origin origin) const
{
    Journey journey;
    journey.id = m_nextId;
    journey.origin = origin;
    journey.beganAt = m_clock.steadyNanoseconds();
    journey.beganWall = m_clock.wallNanoseconds();
    for (const Workspace::Node &node : m_workspace.replicaNodes()) {
        for (const auto kind : {JourneyStop::Kind::Row, JourneyStop::Kind::Stamp})
            journey.stops.append({.kind = kind,
                                  .node = node.source.text,
                                  .name = node.name,
                                  .seenAt = {},
                                  .uncertainty = 0});
    }
    const QList<FliptFeed *> flipts = m_workspace.flipts();
    for (const FliptFeed *flipt : flipts)
        journey.stops.append({.kind = JourneyStop::Kind::Flipt,
                              .node = flipt->address().base.toString(),
                              .name = flipt->address().name,
                              .seenAt = {},
                              .uncertainty = 0,
                              .cacheLifetime = flipt->cacheLifetimeNanoseconds()});
    return journey;
}

void JourneyLog::add(Journey journey)
{
    ++m_nextId;
    m_journeys.append(std::move(journey));
    if (m_journeys.size() > mostJourneys)
        m_journeys.removeFirst();
    emit journeyAdded();
    if (m_journeys.last().isOthers())
        noteChange(m_journeys.last());
    const QList<SnapshotFeed *> replicas = m_workspace.replicas();
    for (int i = 0; i < replicas.size(); ++i)
        lookAtReplica(i);
}

void JourneyLog::takeReading()
{
    const SnapshotFeed &primary = m_workspace.primary();
    const flags::Snapshot &now = primary.reading().snapshot;
    const QMap<QString, QString> stamps = stampsOf(now);
    const QMap<QString, QString> fresh = renewed(m_stamps, stamps);
    const bool isChange = m_hasReading && !(now == m_last);
    m_hasReading = true;
    m_last = now;
    m_stamps = stamps;
    if (!isChange)
        return;
    const bool isKnown =
        std::any_of(m_journeys.begin(), m_journeys.end(), [&](const Journey &known) {
            return !fresh.isEmpty() && known.origin == Journey::Origin::Own
                   && known.stamps == fresh;
        });
    if (isKnown)
        return;
    Journey journey = begin(Journey::Origin::Others);
    journey.what = othersText(fresh);
    journey.stamps = fresh;
    journey.index = primary.position();
    journey.uncertainty = primary.intervalMilliseconds() * millisecond;
    if (fresh.isEmpty()) // nothing by which a Flipt would notice it
        journey.stops.removeIf(
            [](const JourneyStop &stop) { return stop.kind != JourneyStop::Kind::Row; });
    follow(journey);
    add(std::move(journey));
}

/// Whoever is about to show it is asked often; our own save has seen to that itself.
void JourneyLog::follow(const Journey &journey)
{
    const Save *save = m_workspace.lastSave();
    if (save && (save->state() == Save::State::Writing || save->state() == Save::State::Arriving))
        return;
    const QList<SnapshotFeed *> replicas = m_workspace.replicas();
    for (SnapshotFeed *replica : replicas)
        replica->hurry();
    const QList<FliptFeed *> flipts = m_workspace.flipts();
    for (FliptFeed *flipt : flipts) {
        if (!journey.stamps.isEmpty())
            flipt->expect(journey.stamps);
    }
}

void JourneyLog::takeSave()
{
    if (const Save *save = m_workspace.lastSave(); save && save->isCommitted())
        takeOwn(*save);
}

void JourneyLog::takeOwn(const Save &save)
{
    const store::Receipt &receipt = save.receipt();
    const QString what = save.changes().changes.size() == 1
                             ? tr("1 change")
                             : tr("%1 changes").arg(save.changes().changes.size());
    // The primary may have been read before the answer of the commit was here.
    for (Journey &journey : m_journeys) {
        if (journey.origin == Journey::Origin::Kept || journey.stamps != receipt.stamps)
            continue;
        if (journey.origin == Journey::Origin::Own)
            return;
        journey.origin = Journey::Origin::Own;
        journey.what = what;
        journey.beganAt = receipt.committedAt;
        journey.beganWall = receipt.committedAtWall;
        journey.uncertainty = 0;
        noteChange(journey);
        return;
    }
    Journey journey = begin(Journey::Origin::Own);
    journey.what = what;
    journey.beganAt = receipt.committedAt;
    journey.beganWall = receipt.committedAtWall;
    journey.index = receipt.replicationIndex;
    journey.stamps = receipt.stamps;
    add(std::move(journey));
}

bool JourneyLog::see(JourneyStop &stop, const Journey &journey, int place)
{
    const SnapshotFeed &replica = *m_workspace.replicas().at(place);
    if (stop.seenAt || stop.node != replica.source().text || stop.kind == JourneyStop::Kind::Flipt)
        return false;
    const bool byIndex = stop.kind == JourneyStop::Kind::Row && journey.index && replica.position();
    const bool isThere = byIndex ? *replica.position() >= *journey.index
                                       && replica.state() != SnapshotFeed::State::Error
                                 : !journey.stamps.isEmpty() && shows(replica, journey.stamps);
    if (!isThere)
        return false;
    stop.seenAt = m_clock.steadyNanoseconds();
    stop.uncertainty = replica.intervalMilliseconds() * millisecond;
    return true;
}

/// A log that began anew counts from the start: what was under way has no number in it any more.
void JourneyLog::takePosition()
{
    const auto position = m_workspace.primary().position();
    const bool fell = position && m_position && *position < *m_position;
    if (position)
        m_position = position;
    if (!fell)
        return;
    for (Journey &journey : m_journeys) {
        if (journey.origin == Journey::Origin::Kept || !journey.index || journey.isComplete())
            continue;
        journey.isLost = true;
        noteChange(journey);
    }
}

void JourneyLog::lookAtReplica(int place)
{
    for (Journey &journey : m_journeys) {
        if (journey.origin == Journey::Origin::Kept || journey.isComplete())
            continue;
        bool hasChanged = false;
        for (JourneyStop &stop : journey.stops)
            hasChanged = see(stop, journey, place) || hasChanged;
        if (hasChanged)
            noteChange(journey);
    }
}

void JourneyLog::takeFlipt(int place)
{
    const FliptFeed &flipt = *m_workspace.flipts().at(place);
    const QString node = flipt.address().base.toString();
    for (Journey &journey : m_journeys) {
        if (journey.origin == Journey::Origin::Kept)
            continue;
        for (JourneyStop &stop : journey.stops) {
            if (stop.seenAt || stop.kind != JourneyStop::Kind::Flipt || stop.node != node)
                continue;
            stop.seenAt = m_clock.steadyNanoseconds();
            noteChange(journey);
        }
    }
}

} // namespace edgewise::workspace
