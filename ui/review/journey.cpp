// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/rebase.h>
#include <changes/text.h>
#include <replication/judge.h>
#include <review/journey.h>
#include <workspace/workspace.h>

#include <QCoreApplication>
#include <QLocale>

namespace edgewise::reviewpage {

using namespace Qt::StringLiterals;
using workspace::Draft;
using workspace::FliptFeed;
using workspace::Save;
using workspace::SnapshotFeed;

namespace {

QString journeyWord(const char *text)
{
    return QCoreApplication::translate("Journey", text);
}

ArrivalStop stopAt(const QString &name, const Save::Arrival &arrival)
{
    ArrivalStop stop{name, theme::State::Off, {}, arrival.node};
    if (arrival.nanoseconds) {
        stop.state = theme::State::Ok;
        stop.figure = u'+' + replication::durationInWords(*arrival.nanoseconds);
    }
    return stop;
}

void setOnTheWay(ArrivalStop &stop)
{
    stop.state = theme::State::Warn;
    stop.figure = journeyWord(QT_TRANSLATE_NOOP("Journey", "on the way"));
}

} // namespace

QString committedText(const Save &save)
{
    const std::optional<quint64> frame = save.receipt().replicationIndex;
    return frame ? journeyWord(QT_TRANSLATE_NOOP("Journey", "committed frame %1"))
                       .arg(QLocale().toString(*frame))
                 : journeyWord(QT_TRANSLATE_NOOP("Journey", "committed"));
}

QList<ArrivalStop> stopsOf(const Save &save, const workspace::Workspace &workspace)
{
    QList<ArrivalStop> stops;
    const QList<SnapshotFeed *> feeds = workspace.replicas();
    for (qsizetype i = 0; i < save.arrivals().size(); ++i) {
        ArrivalStop stop = stopAt(workspace.replicaNodes().value(i).name, save.arrivals()[i]);
        if (stop.figure.isEmpty() && i < feeds.size()
            && feeds[i]->state() == SnapshotFeed::State::Error)
            stop.figure = journeyWord(QT_TRANSLATE_NOOP("Journey", "—, unreachable"));
        else if (stop.figure.isEmpty())
            setOnTheWay(stop);
        stops.append(stop);
    }
    const QList<FliptFeed *> flipts = workspace.flipts();
    for (qsizetype i = 0; i < save.fliptArrivals().size() && i < flipts.size(); ++i) {
        const FliptFeed &flipt = *flipts[i];
        ArrivalStop stop = stopAt(flipt.address().name, save.fliptArrivals()[i]);
        if (stop.figure.isEmpty() && flipt.state() == FliptFeed::State::Unreachable) {
            stop.figure = journeyWord(QT_TRANSLATE_NOOP("Journey", "—, unreachable"));
        } else if (stop.figure.isEmpty() && !flipt.hindrance().isEmpty()) {
            stop.figure = journeyWord(QT_TRANSLATE_NOOP("Journey", "—, cannot be asked"));
            stop.why += u'\n' + flipt.hindrance();
        } else if (stop.figure.isEmpty()) {
            setOnTheWay(stop);
        }
        stops.append(stop);
    }
    return stops;
}

bool standsOn(const Draft &draft, const Save &save)
{
    if (!save.isCommitted())
        return false;
    const QMap<QString, QString> &stamps = save.receipt().stamps;
    for (auto stamp = stamps.begin(); stamp != stamps.end(); ++stamp) {
        const auto nameSpace = draft.base().nameSpace(NamespaceKey(stamp.key()));
        // Stamps are written strictly increasing, in a form that sorts like time.
        if (nameSpace && nameSpace->stateModified.value_or(QString()) < stamp.value())
            return false;
    }
    return true;
}

Result<flags::Snapshot> undone(const flags::Snapshot &now, const flags::Snapshot &from,
                               const flags::Snapshot &to)
{
    // The writer has filled in times since, and somebody may have saved: so the way back is laid on
    // what stands now.
    const Result<changes::Rebased> back = changes::rebase(changes::diff(to, from), to, now);
    if (!back)
        return back.error();
    if (!back->conflicts.empty())
        return Error{.kind = Error::Kind::Conflict,
                     .step = u"undoing the save"_qs,
                     .detail = u"%1 was changed again since"_qs.arg(
                         changes::text(back->conflicts.front().address))};
    return changes::apply(now, back->changes);
}

} // namespace edgewise::reviewpage
