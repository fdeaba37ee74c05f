// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/savelistmodel.h"

#include <changes/text.h>
#include <replication/judge.h>

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using changes::ObjectKind;
using store::JournalArrival;
using store::JournalEntry;
using store::JournalSummary;

namespace {

constexpr qint64 nanosecondsPerMillisecond = 1'000'000;
constexpr qsizetype mostNamed = 3;

QDateTime timeOf(const JournalSummary &summary)
{
    return QDateTime::fromMSecsSinceEpoch(summary.begunAt / nanosecondsPerMillisecond);
}

QString stateText(const JournalSummary &summary)
{
    switch (summary.state) {
    case JournalSummary::State::Sending:
        return SaveListModel::tr("not known: the program ended");
    case JournalSummary::State::NotSaved:
        return SaveListModel::tr("not saved");
    case JournalSummary::State::Unknown:
        return SaveListModel::tr("not known");
    case JournalSummary::State::Saved:
        break;
    }
    if (summary.arrivals.isEmpty())
        return u"—"_qs;
    const auto slowest = std::max_element(summary.arrivals.cbegin(), summary.arrivals.cend(),
                                          [](const JournalArrival &a, const JournalArrival &b) {
                                              return a.nanoseconds < b.nanoseconds;
                                          });
    return replication::durationInWords(slowest->nanoseconds);
}

QString edgeText(const JournalSummary &summary)
{
    QStringList lines;
    for (const JournalArrival &arrival : summary.arrivals)
        lines.append(arrival.node + u"  +"_qs + replication::durationInWords(arrival.nanoseconds));
    return lines.join(u'\n');
}

QString shortened(const QStringList &names)
{
    const QString shown = names.mid(0, mostNamed).join(u", "_qs);
    const qsizetype more = names.size() - mostNamed;
    return more > 0 ? SaveListModel::tr("%1 and %2 more").arg(shown).arg(more) : shown;
}

} // namespace

QStringList objectNames(const changes::ChangeSet &changes)
{
    QStringList names;
    for (const changes::Change &change : changes::visible(changes).changes) {
        const ObjectKind kind = change.address.kind;
        const QString name =
            change.address.orphan ? changes::text(change.address)
            : kind == ObjectKind::Namespace
                ? SaveListModel::tr("namespace %1").arg(change.address.nameSpace.text())
            : kind == ObjectKind::Segment || kind == ObjectKind::Constraint
                ? SaveListModel::tr("segment %1").arg(change.address.owner)
                : SaveListModel::tr("flag %1").arg(change.address.owner);
        if (!names.contains(name))
            names.append(name);
    }
    return names;
}

SaveListModel::SaveListModel(QObject *parent) : QAbstractTableModel(parent) {}

void SaveListModel::setEntries(QList<JournalEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

void SaveListModel::addEntry(const JournalEntry &entry)
{
    const int row = static_cast<int>(m_entries.size());
    beginInsertRows({}, row, row);
    m_entries.append(entry);
    endInsertRows();
}

void SaveListModel::clear()
{
    setEntries({});
}

int SaveListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int SaveListModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant SaveListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JournalEntry &entry = m_entries.at(index.row());
    const JournalSummary &summary = entry.summary;
    switch (role) {
    case IdRole:
        return summary.id;
    case StateRole:
        return static_cast<int>(summary.state);
    case SearchRole:
        return QStringList{summary.author, summary.reason, objectNames(entry.changes).join(u' ')}
            .join(u'\n');
    case Qt::ToolTipRole:
        switch (index.column()) {
        case TimeColumn:
            return timeOf(summary).toUTC().toString(Qt::ISODateWithMs);
        case ObjectsColumn:
            return objectNames(entry.changes).join(u'\n');
        case EdgeColumn:
            return edgeText(summary);
        default:
            return {};
        }
    case Qt::DisplayRole:
        switch (index.column()) {
        case TimeColumn:
            return QLocale().toString(timeOf(summary), QLocale::ShortFormat);
        case AuthorColumn:
            return summary.author;
        case ReasonColumn:
            return summary.reason.isEmpty() ? u"—"_qs : summary.reason;
        case ObjectsColumn:
            return shortened(objectNames(entry.changes));
        case EdgeColumn:
            return stateText(summary);
        default:
            return {};
        }
    default:
        return {};
    }
}

QVariant SaveListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("when"), tr("who"), tr("why"), tr("what"), tr("to the edge")};
    return section >= 0 && section < ColumnCount ? QVariant(titles[section]) : QVariant();
}

} // namespace edgewise::models
