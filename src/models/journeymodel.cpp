// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journeymodel.h"

#include <replication/judge.h>

#include <QDateTime>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using workspace::Journey;
using workspace::JourneyStop;

namespace {

/// What a person reads of a stop: of a replica the stamp, which comes last, where there is one.
bool isTold(const Journey &journey, const JourneyStop &stop)
{
    if (stop.kind != JourneyStop::Kind::Row)
        return true;
    return std::none_of(journey.stops.begin(), journey.stops.end(), [&](const JourneyStop &other) {
        return other.kind == JourneyStop::Kind::Stamp && other.node == stop.node;
    });
}

QString stopName(const JourneyStop &stop)
{
    switch (stop.kind) {
    case JourneyStop::Kind::Row:
        return JourneyModel::tr("%1: row").arg(stop.name);
    case JourneyStop::Kind::Stamp:
        return JourneyModel::tr("%1: version").arg(stop.name);
    case JourneyStop::Kind::Flipt:
        return JourneyModel::tr("%1: answers by it").arg(stop.name);
    }
    Q_UNREACHABLE();
}

QString timeOf(const Journey &journey, const JourneyStop &stop)
{
    const auto after = journey.after(stop);
    if (!after)
        return u"—"_qs;
    // Where the commit itself is known only to a bound, so is what came after it.
    const qint64 bound = *after + journey.uncertainty;
    return journey.uncertainty > 0 ? u"≤ "_qs + replication::durationInWords(bound)
                                   : replication::durationInWords(*after);
}

/// What is no fault of the replication.
QString cacheNote(const JourneyStop &stop)
{
    return stop.cacheLifetime > 0
               ? JourneyModel::tr(" (its cache keeps what it has read for up to %1)")
                     .arg(replication::durationInWords(stop.cacheLifetime))
               : QString();
}

QString allStops(const Journey &journey)
{
    QStringList lines;
    for (const JourneyStop &stop : journey.stops)
        lines.append(stopName(stop) + u"  "_qs + timeOf(journey, stop) + cacheNote(stop));
    if (journey.isLost)
        lines.append(JourneyModel::tr("The primary began another log; it cannot be followed on."));
    if (journey.uncertainty > 0)
        lines.append(JourneyModel::tr("Somebody else's save: timed from when it was first seen."));
    return lines.join(u'\n');
}

} // namespace

QString arrivalsText(const Journey &journey)
{
    QStringList parts;
    for (const JourneyStop &stop : journey.stops) {
        if (isTold(journey, stop))
            parts.append(stop.name + u' ' + timeOf(journey, stop)
                         + (stop.seenAt ? QString() : cacheNote(stop)));
    }
    return parts.join(u" · ");
}

JourneyModel::JourneyModel(QObject *parent) : QAbstractTableModel(parent) {}

void JourneyModel::setLog(const workspace::JourneyLog *log)
{
    beginResetModel();
    if (m_log)
        m_log->disconnect(this);
    m_log = log;
    m_rows = log ? int(log->journeys().size()) : 0;
    endResetModel();
    if (!log)
        return;
    connect(log, &workspace::JourneyLog::journeyAdded, this, &JourneyModel::addNewest);
    connect(log, &workspace::JourneyLog::journeyChanged, this, &JourneyModel::change);
    connect(log, &workspace::JourneyLog::journeysReset, this, [this] {
        beginResetModel();
        m_rows = int(m_log->journeys().size());
        endResetModel();
    });
}

const QList<Journey> &JourneyModel::journeys() const
{
    static const QList<Journey> none;
    return m_log ? m_log->journeys() : none;
}

const Journey &JourneyModel::journey(int row) const
{
    return journeys()[journeys().size() - 1 - row];
}

void JourneyModel::addNewest()
{
    const int now = int(journeys().size());
    if (now == m_rows) { // full: the oldest has gone
        emit dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1));
        return;
    }
    beginInsertRows({}, 0, 0);
    m_rows = now;
    endInsertRows();
}

void JourneyModel::change(qint64 id)
{
    for (int row = 0; row < m_rows; ++row) {
        if (journey(row).id == id)
            emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

int JourneyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int JourneyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant JourneyModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Journey &journey = this->journey(index.row());
    if (role == JourneyRole)
        return QVariant::fromValue(journey);
    if (role == Qt::ToolTipRole)
        return allStops(journey);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TimeColumn:
        return QDateTime::fromMSecsSinceEpoch(journey.beganWall / 1'000'000)
            .toString(u"HH:mm:ss"_qs);
    case ChangeColumn:
        return journey.isOthers() ? tr("somebody: %1").arg(journey.what) : journey.what;
    case ArrivalsColumn:
        return journey.isLost ? tr("lost: the primary began another log") : arrivalsText(journey);
    default:
        return {};
    }
}

QVariant JourneyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Saved");
    case ChangeColumn:
        return tr("Change");
    case ArrivalsColumn:
        return tr("Seen after");
    case WaterfallColumn:
        return tr("From the commit");
    default:
        return {};
    }
}

} // namespace edgewise::models
