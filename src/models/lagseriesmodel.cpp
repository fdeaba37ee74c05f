// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lagseriesmodel.h"

#include "models/nodetablemodel.h"

#include <store/rowtext.h>

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using replication::NodeSample;

namespace {

constexpr size_t sampleLimit = 20'000;
constexpr qint64 keepNanoseconds = 3'600'000'000'000;
constexpr qint64 fineNanoseconds = 60'000'000'000;  // everything is kept so far back
constexpr qint64 coarseNanoseconds = 2'000'000'000; // one a node in this time, farther back

const QString unknownFigure = u"—"_qs;

} // namespace

/// An absence before a figure, a longer lag before a shorter one.
bool LagSeriesModel::tellsMore(const Moment &a, const Moment &b)
{
    const auto isAbsent = [](const Moment &moment) {
        return moment.sample.judgement.state == replication::State::Unreachable;
    };
    if (isAbsent(a) != isAbsent(b))
        return isAbsent(a);
    return a.sample.judgement.framesBehind.value_or(0)
           > b.sample.judgement.framesBehind.value_or(0);
}

LagSeriesModel::LagSeriesModel(QObject *parent) : QAbstractTableModel(parent) {}

void LagSeriesModel::take(const NodeSample &sample)
{
    if (sample.role == replication::Role::Primary)
        return;
    const int row = int(m_samples.size());
    beginInsertRows({}, row, row);
    const auto users = m_users.constFind(sample.node);
    const bool isKnown =
        users != m_users.constEnd() && sample.judgement.state != replication::State::Unreachable;
    m_samples.push_back({sample, isKnown ? std::optional(*users) : std::nullopt});
    endInsertRows();
    if (m_samples.size() > sampleLimit)
        thin();
}

void LagSeriesModel::setUsers(const QString &node, std::optional<qint64> users)
{
    if (users)
        m_users.insert(node, *users);
    else
        m_users.remove(node);
}

void LagSeriesModel::clear()
{
    beginResetModel();
    m_samples.clear();
    m_users.clear();
    endResetModel();
}

void LagSeriesModel::thin()
{
    const qint64 newest = m_samples.back().sample.at;
    std::deque<Moment> kept;
    QHash<QString, size_t> lastOfNode;
    for (Moment &moment : m_samples) {
        const qint64 age = newest - moment.sample.at;
        if (age > keepNanoseconds)
            continue;
        const auto last = lastOfNode.constFind(moment.sample.node);
        if (age > fineNanoseconds && last != lastOfNode.constEnd()
            && moment.sample.at - kept[*last].sample.at < coarseNanoseconds) {
            Moment &before = kept[*last];
            if (tellsMore(moment, before))
                before.sample.judgement = moment.sample.judgement;
            before.users = std::max(before.users, moment.users);
            continue;
        }
        lastOfNode[moment.sample.node] = kept.size();
        kept.push_back(std::move(moment));
    }
    // A hundred nodes for an hour: then the oldest go.
    while (kept.size() > sampleLimit / 2)
        kept.pop_front();
    beginResetModel();
    m_samples.swap(kept);
    endResetModel();
}

QList<LagPoint> LagSeriesModel::points(const QString &node, qint64 since) const
{
    QList<LagPoint> points;
    std::optional<LagPoint> before;
    for (const auto &[sample, users] : m_samples) {
        if (sample.node != node)
            continue;
        const LagPoint point{.at = sample.at,
                             .frames = sample.judgement.framesBehind,
                             .nanoseconds = sample.judgement.nanosecondsBehind,
                             .users = users,
                             .reachable =
                                 sample.judgement.state != replication::State::Unreachable};
        if (sample.at < since) {
            before = point;
            continue;
        }
        if (points.isEmpty() && before)
            points.append(*before);
        points.append(point);
    }
    return points;
}

QByteArray LagSeriesModel::csv(const QHash<QString, QString> &names, qint64 from, qint64 to) const
{
    QByteArray text = store::csvHeader({u"time"_qs, u"node"_qs, u"state"_qs, u"frames_behind"_qs,
                                        u"ms_behind"_qs, u"users_with_other_answers"_qs})
                      + '\n';
    for (const auto &[sample, users] : m_samples) {
        const auto name = names.constFind(sample.node);
        if (name == names.constEnd() || sample.at < from || sample.at > to)
            continue;
        const auto &[state, why, frames, behind] = sample.judgement;
        const QString time = QDateTime::fromMSecsSinceEpoch(sample.wallAt / 1'000'000, Qt::UTC)
                                 .toString(Qt::ISODateWithMs);
        text += store::csvLine({time, *name, replication::stateName(state),
                                frames ? QVariant(qlonglong(*frames)) : QVariant(),
                                behind ? QVariant(double(*behind) / 1e6) : QVariant(),
                                users ? QVariant(qlonglong(*users)) : QVariant()})
                + '\n';
    }
    return text;
}

int LagSeriesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_samples.size());
}

int LagSeriesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant LagSeriesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &[sample, users] = m_samples[size_t(index.row())];
    if (role == SampleRole)
        return QVariant::fromValue(sample);
    if (role != Qt::DisplayRole)
        return {};
    const auto &[state, why, frames, behind] = sample.judgement;
    switch (index.column()) {
    case TimeColumn:
        return QDateTime::fromMSecsSinceEpoch(sample.wallAt / 1'000'000)
            .toString(u"HH:mm:ss.zzz"_qs);
    case NodeColumn:
        return sample.node;
    case StateColumn:
        return stateWord(state);
    case FramesColumn:
        return frames ? QLocale().toString(*frames) : unknownFigure;
    case BehindColumn:
        return behind ? replication::durationInWords(*behind) : unknownFigure;
    case UsersColumn:
        return users ? QLocale().toString(*users) : unknownFigure;
    default:
        return {};
    }
}

QVariant LagSeriesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case NodeColumn:
        return tr("Node");
    case StateColumn:
        return tr("State");
    case FramesColumn:
        return tr("Frames behind");
    case BehindColumn:
        return tr("Time behind");
    case UsersColumn:
        return tr("Users with other answers");
    default:
        return {};
    }
}

} // namespace edgewise::models
