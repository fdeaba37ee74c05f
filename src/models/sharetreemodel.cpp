// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sharetreemodel.h"

#include "models/textfile.h"

#include <QLocale>

namespace edgewise::models {

using namespace Qt::StringLiterals;

namespace {

constexpr quintptr groupLevel = 0; ///< internal id of groups; an answer's is its group's row + 1

QString intervalText(const Interval &interval)
{
    QString low = percentText(interval.low);
    low.chop(2);
    return low + u"–"_qs + percentText(interval.high);
}

} // namespace

void ShareTreeModel::setGroups(const std::vector<ShareGroup> &groups)
{
    // The same rows with other figures keep what is selected and where it is scrolled to.
    const auto isAlike = [](const ShareGroup &a, const ShareGroup &b) {
        return a.title == b.title
               && std::ranges::equal(a.shares, b.shares, {}, &Share::answer, &Share::answer);
    };
    if (std::ranges::equal(m_groups, groups, isAlike) && !groups.empty()) {
        m_groups = groups;
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        for (int row = 0; row < rowCount(); ++row) {
            const QModelIndex group = index(row, 0);
            emit dataChanged(index(0, 0, group),
                             index(rowCount(group) - 1, ColumnCount - 1, group));
        }
        return;
    }
    beginResetModel();
    m_groups = groups;
    endResetModel();
}

QByteArray ShareTreeModel::asCsv() const
{
    QByteArray csv = "group,answer,entities,of,actual,low,high,configured,verdict\r\n";
    const auto number = [](double value) { return QByteArray::number(value, 'g', 9); };
    for (const ShareGroup &group : m_groups) {
        for (const Share &share : group.shares) {
            csv += QByteArrayList{csvField(group.title),
                                  csvField(share.answer),
                                  QByteArray::number(share.count),
                                  QByteArray::number(group.entities),
                                  number(share.actual),
                                  number(share.interval.low),
                                  number(share.interval.high),
                                  share.configured ? number(*share.configured) : QByteArray(),
                                  csvField(group.verdict)}
                       .join(',')
                   + "\r\n";
        }
    }
    return csv;
}

QByteArray ShareTreeModel::asJson() const
{
    QJsonArray groups;
    for (const ShareGroup &group : m_groups) {
        QJsonArray shares;
        for (const Share &share : group.shares)
            shares.append(
                QJsonObject{{u"answer"_qs, share.answer},
                            {u"entities"_qs, share.count},
                            {u"actual"_qs, share.actual},
                            {u"low"_qs, share.interval.low},
                            {u"high"_qs, share.interval.high},
                            {u"configured"_qs,
                             share.configured ? QJsonValue(*share.configured) : QJsonValue()}});
        QJsonObject object{
            {u"group"_qs, group.title}, {u"entities"_qs, group.entities}, {u"shares"_qs, shares}};
        if (!group.verdict.isEmpty())
            object.insert(u"verdict"_qs, group.verdict);
        if (group.fit.freedom > 0) {
            object.insert(u"chiSquare"_qs, group.fit.statistic);
            object.insert(u"degreesOfFreedom"_qs, group.fit.freedom);
            object.insert(u"p"_qs, group.fit.probability());
        }
        groups.append(object);
    }
    return QJsonDocument(groups).toJson();
}

QModelIndex ShareTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || row >= rowCount(parent) || column < 0 || column >= ColumnCount)
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : groupLevel);
}

QModelIndex ShareTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == groupLevel)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, groupLevel);
}

int ShareTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    const bool isGroup = parent.internalId() == groupLevel && parent.column() == 0;
    return isGroup ? int(m_groups[size_t(parent.row())].shares.size()) : 0;
}

int ShareTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant ShareTreeModel::groupData(const ShareGroup &group, int column, int role) const
{
    if (role == GroupRole)
        return true;
    if (role == Qt::ToolTipRole)
        return group.verdict;
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case AnswerColumn:
        return group.title;
    case BarColumn:
        return group.verdict;
    case CountColumn:
        return QLocale().toString(group.entities);
    default:
        return {};
    }
}

QVariant ShareTreeModel::shareData(const Share &share, int column, int role) const
{
    switch (role) {
    case GroupRole:
        return false;
    case ColourRole:
        return share.colour;
    case ActualRole:
        return share.actual;
    case LowRole:
        return share.interval.low;
    case HighRole:
        return share.interval.high;
    case ConfiguredRole:
        return share.configured ? QVariant(*share.configured) : QVariant();
    case Qt::TextAlignmentRole:
        return column > BarColumn ? int(Qt::AlignRight | Qt::AlignVCenter)
                                  : int(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        QString text =
            tr("%1: %2, with 95 % confidence %3")
                .arg(share.answer, percentText(share.actual), intervalText(share.interval));
        if (share.configured)
            text += tr(", configured %1").arg(percentText(*share.configured));
        return text;
    }
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (column) {
    case AnswerColumn:
        return share.answer;
    case ActualColumn:
        return percentText(share.actual);
    case IntervalColumn:
        return intervalText(share.interval);
    case ConfiguredColumn:
        return share.configured ? percentText(*share.configured) : u"—"_qs;
    case CountColumn:
        return QLocale().toString(share.count);
    default:
        return {};
    }
}

QVariant ShareTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == groupLevel)
        return groupData(m_groups[size_t(index.row())], index.column(), role);
    const ShareGroup &group = m_groups[size_t(index.internalId()) - 1];
    return shareData(group.shares[size_t(index.row())], index.column(), role);
}

QVariant ShareTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case AnswerColumn:
        return tr("Answer");
    case BarColumn:
        return tr("Share");
    case ActualColumn:
        return tr("Actual");
    case IntervalColumn:
        return tr("95 % interval");
    case ConfiguredColumn:
        return tr("Configured");
    default:
        return tr("Entities");
    }
}

} // namespace edgewise::models
