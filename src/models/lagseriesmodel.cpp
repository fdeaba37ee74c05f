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

/// The one that tells more: an absence before a figure, a longer lag before a shorter one.
bool tellsMore(const NodeSample &a, const NodeSample &b)
{
    const bool absentA = a.judgement.state == replication::State::Unreachable;
    const bool absentB = b.judgement.state == replication::State::Unreachable;
    if (absentA != absentB)
        return absentA;
    return a.judgement.framesBehind.value_or(0) > b.judgement.framesBehind.value_or(0);
}

} // namespace

LagSeriesModel::LagSeriesModel(QObject *parent) : QAbstractTableModel(parent) {}

void LagSeriesModel::take(const NodeSample &sample)
{
    if (sample.role == replication::Role::Primary)
        return;
    const int row = int(m_samples.size());
    beginInsertRows({}, row, row);
    m_samples.push_back(sample);
    endInsertRows();
    if (m_samples.size() > sampleLimit)
        thin();
}

void LagSeriesModel::clear()
{
    beginResetModel();
    m_samples.clear();
    endResetModel();
}

void LagSeriesModel::thin()
{
    const qint64 newest = m_samples.back().at;
    std::deque<NodeSample> kept;
    QHash<QString, size_t> lastOfNode;
    for (NodeSample &sample : m_samples) {
        const qint64 age = newest - sample.at;
        if (age > keepNanoseconds)
            continue;
        const auto last = lastOfNode.constFind(sample.node);
        if (age > fineNanoseconds && last != lastOfNode.constEnd()
            && sample.at - kept[*last].at < coarseNanoseconds) {
            if (tellsMore(sample, kept[*last]))
                kept[*last].judgement = sample.judgement;
            continue;
        }
        lastOfNode[sample.node] = kept.size();
        kept.push_back(std::move(sample));
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
    for (const NodeSample &sample : m_samples) {
        if (sample.node != node)
            continue;
        const LagPoint point{.at = sample.at,
                             .frames = sample.judgement.framesBehind,
                             .nanoseconds = sample.judgement.nanosecondsBehind,
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
                                        u"ms_behind"_qs})
                      + '\n';
    for (const NodeSample &sample : m_samples) {
        const auto name = names.constFind(sample.node);
        if (name == names.constEnd() || sample.at < from || sample.at > to)
            continue;
        const auto &[state, why, frames, behind] = sample.judgement;
        const QString time = QDateTime::fromMSecsSinceEpoch(sample.wallAt / 1'000'000, Qt::UTC)
                                 .toString(Qt::ISODateWithMs);
        text += store::csvLine({time, *name, replication::stateName(state),
                                frames ? QVariant(qlonglong(*frames)) : QVariant(),
                                behind ? QVariant(double(*behind) / 1e6) : QVariant()})
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
    const NodeSample &sample = m_samples[size_t(index.row())];
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
    default:
        return {};
    }
}

} // namespace edgewise::models
