// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rowdifferencemodel.h"

#include <replication/cells.h>

#include <QLocale>

#include <algorithm>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using replication::RowDifference;
using DifferenceKind = RowDifference::Kind;

namespace {

constexpr qsizetype textLimit = 300; // of a cell in a grid; the whole value is in ValueRole
constexpr qsizetype blobBytes = 8;

bool isSameRow(const RowDifference &a, const RowDifference &b)
{
    const auto equal = [](const QVariantList &x, const QVariantList &y) {
        return x.size() == y.size()
               && std::equal(x.begin(), x.end(), y.begin(), replication::isSameCell);
    };
    return a.kind == b.kind && equal(a.a, b.a) && equal(a.b, b.b);
}

} // namespace

QString cellText(const QVariant &value)
{
    if (value.isNull())
        return u"NULL"_qs;
    if (value.typeId() == QMetaType::QByteArray) {
        const QByteArray bytes = value.toByteArray();
        const QString start =
            QString::fromLatin1(bytes.first(std::min(blobBytes, bytes.size())).toHex());
        return u"x'%1%2' · %3 bytes"_qs.arg(start, bytes.size() > blobBytes ? u"…"_qs : QString())
            .arg(QLocale().toString(bytes.size()));
    }
    if (value.typeId() == QMetaType::Double)
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    QString text = value.toString();
    if (text.size() > textLimit)
        text = text.first(textLimit) + u'…';
    return text.replace(u'\n', u'↵').replace(u'\r', QString());
}

RowDifferenceModel::RowDifferenceModel(QObject *parent) : QAbstractTableModel(parent) {}

QVariantList RowDifferenceModel::keyOf(const RowDifference &difference) const
{
    return store::keyOf(m_table,
                        difference.kind == DifferenceKind::OnlyB ? difference.b : difference.a);
}

void RowDifferenceModel::setRows(const store::TableInfo &table, QList<RowDifference> rows,
                                 const replication::RowCounts &counts, bool inFlight)
{
    std::vector<Row> all;
    all.reserve(size_t(rows.size()));
    for (RowDifference &difference : rows)
        all.push_back({.difference = std::move(difference)});
    const bool otherMeaning = inFlight != m_inFlight;
    m_counts = counts;
    m_inFlight = inFlight;
    if (table != m_table) {
        beginResetModel();
        m_table = table;
        m_all = std::move(all);
        m_shown = shown(m_all);
        endResetModel();
    } else {
        markArrivals(all);
        m_all = std::move(all);
        show(shown(m_all));
        if (otherMeaning && !m_shown.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {InFlightRole});
    }
    emit countsChanged();
}

void RowDifferenceModel::clear()
{
    beginResetModel();
    m_table = {};
    m_all.clear();
    m_shown.clear();
    m_counts = {};
    m_inFlight = false;
    endResetModel();
    emit countsChanged();
}

/// Both lists are in key order, so one pass finds what was different and is the same now.
void RowDifferenceModel::markArrivals(std::vector<Row> &rows) const
{
    auto before = m_all.begin();
    for (Row &row : rows) {
        if (row.difference.kind != DifferenceKind::Same)
            continue;
        const QVariantList key = keyOf(row.difference);
        while (before != m_all.end()
               && replication::compareRows(keyOf(before->difference), key) < 0)
            ++before;
        if (before == m_all.end())
            return;
        row.arrived = before->difference.kind != DifferenceKind::Same
                      && replication::compareRows(keyOf(before->difference), key) == 0;
    }
}

bool RowDifferenceModel::isShown(const Row &row) const
{
    if (m_onlyDifferences && row.difference.kind == DifferenceKind::Same)
        return false;
    if (m_filter.isEmpty())
        return true;
    const auto holds = [this](const QVariantList &cells) {
        return std::any_of(cells.begin(), cells.end(), [this](const QVariant &cell) {
            return cellText(cell).contains(m_filter, Qt::CaseInsensitive);
        });
    };
    return holds(row.difference.a) || holds(row.difference.b);
}

std::vector<RowDifferenceModel::Row> RowDifferenceModel::shown(const std::vector<Row> &rows) const
{
    if (!m_onlyDifferences && m_filter.isEmpty())
        return rows;
    std::vector<Row> chosen;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(chosen),
                 [this](const Row &row) { return isShown(row); });
    return chosen;
}

void RowDifferenceModel::setFilter(const QString &text)
{
    if (m_filter == text)
        return;
    m_filter = text;
    beginResetModel();
    m_shown = shown(m_all);
    endResetModel();
}

int RowDifferenceModel::differenceFrom(int row, int direction) const
{
    const int count = rowCount();
    for (int step = 1; step <= count; ++step) {
        const int place = ((row + direction * step) % count + count) % count;
        if (m_shown[size_t(place)].difference.kind != DifferenceKind::Same)
            return place;
    }
    return -1;
}

QList<QVariantList> RowDifferenceModel::cells(const QList<int> &rows, bool ofB) const
{
    QList<QVariantList> chosen;
    for (const int row : rows) {
        const RowDifference &difference = m_shown.at(size_t(row)).difference;
        const QVariantList &own = ofB ? difference.b : difference.a;
        if (!own.isEmpty())
            chosen.append(own);
    }
    return chosen;
}

void RowDifferenceModel::setOnlyDifferences(bool only)
{
    if (m_onlyDifferences == only)
        return;
    m_onlyDifferences = only;
    beginResetModel();
    m_shown = shown(m_all);
    endResetModel();
}

/// Replaces the shown rows so that a view keeps its place: what is the same at both ends stays, and
/// only the middle is changed, removed or inserted.
void RowDifferenceModel::show(std::vector<Row> rows)
{
    const auto isSame = [](const Row &a, const Row &b) {
        return a.arrived == b.arrived && isSameRow(a.difference, b.difference);
    };
    const auto [oldHead, newHead] =
        std::mismatch(m_shown.begin(), m_shown.end(), rows.begin(), rows.end(), isSame);
    const int head = int(newHead - rows.begin());
    int tail = 0;
    while (
        tail < int(m_shown.end() - oldHead) && tail < int(rows.end() - newHead)
        && isSame(m_shown[m_shown.size() - 1 - size_t(tail)], rows[rows.size() - 1 - size_t(tail)]))
        ++tail;
    const int oldMiddle = int(m_shown.size()) - head - tail;
    const int newMiddle = int(rows.size()) - head - tail;
    const int common = std::min(oldMiddle, newMiddle);
    if (oldMiddle > common) {
        beginRemoveRows({}, head + common, head + oldMiddle - 1);
        m_shown.erase(m_shown.begin() + head + common, m_shown.begin() + head + oldMiddle);
        endRemoveRows();
    } else if (newMiddle > common) {
        beginInsertRows({}, head + common, head + newMiddle - 1);
        m_shown.insert(m_shown.begin() + head + common, rows.begin() + head + common,
                       rows.begin() + head + newMiddle);
        endInsertRows();
    }
    m_shown = std::move(rows);
    if (common > 0)
        emit dataChanged(index(head, 0), index(head + common - 1, columnCount() - 1));
}

bool RowDifferenceModel::hasArrivals() const
{
    return std::any_of(m_shown.begin(), m_shown.end(), [](const Row &row) { return row.arrived; });
}

QList<int> RowDifferenceModel::differingRows() const
{
    QList<int> rows;
    for (size_t i = 0; i < m_shown.size(); ++i) {
        if (m_shown[i].difference.kind != DifferenceKind::Same)
            rows.append(int(i));
    }
    return rows;
}

int RowDifferenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int RowDifferenceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 2 * columnsPerSide();
}

QVariant RowDifferenceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_shown[size_t(index.row())];
    const RowDifference &difference = row.difference;
    const bool isA = index.column() < columnsPerSide();
    const int column = isA ? index.column() : index.column() - columnsPerSide();
    const QVariantList &cells = isA ? difference.a : difference.b;
    const QVariant value = cells.value(column);
    switch (role) {
    case Qt::DisplayRole:
        return cells.isEmpty() ? QString() : cellText(value);
    case KindRole:
        return int(difference.kind);
    case CellDiffersRole:
        return difference.changed.contains(column);
    case InFlightRole:
        return m_inFlight && difference.kind != DifferenceKind::Same;
    case MissingRole:
        return cells.isEmpty();
    case NullRole:
        return !cells.isEmpty() && value.isNull();
    case ValueRole:
        return value;
    case ArrivedRole:
        return row.arrived;
    default:
        return {};
    }
}

QVariant RowDifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || columnsPerSide() == 0)
        return {};
    return m_table.columns.value(section % columnsPerSide());
}

QHash<int, QByteArray> RowDifferenceModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{KindRole, "kind"},
                  {CellDiffersRole, "cellDiffers"},
                  {InFlightRole, "inFlight"},
                  {MissingRole, "missing"},
                  {NullRole, "isNull"},
                  {ValueRole, "value"},
                  {ArrivedRole, "arrived"}});
    return names;
}

} // namespace edgewise::models
