// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flagtablemodel.h"

#include "models/flagfilter.h"

#include <flags/timestamp.h>
#include <flags/validate.h>

#include <QHash>
#include <QStringMatcher>

#include <algorithm>
#include <cstdlib>

namespace edgewise::models {

namespace {

using namespace Qt::StringLiterals;

constexpr QChar fieldEnd = u'\n';
/// Above this many separate ranges a reset is cheaper for model and views than telling each.
constexpr int mostRanges = 64;
/// And above this many rows it is not worth finding out how many ranges there are.
constexpr qsizetype mostRows = 2000;

int decidingParts(const flags::Flag &flag)
{
    return static_cast<int>(flag.type == flags::BooleanFlag ? flag.rollouts.size()
                                                            : flag.rules.size());
}

QVariant momentOf(const QString &stored)
{
    const auto moment = flags::parseTimestamp(stored);
    return moment ? QVariant(*moment) : QVariant();
}

bool haveSameText(const flags::Flag &a, const flags::Flag &b)
{
    return &a == &b || (a.key == b.key && a.name == b.name && a.description == b.description);
}

/// Ascending ranges of the indexes for which `holds`.
template <typename Holds>
std::vector<std::pair<int, int>> ranges(size_t count, Holds holds)
{
    std::vector<std::pair<int, int>> result;
    for (size_t i = 0; i < count; ++i) {
        if (!holds(i))
            continue;
        const int index = static_cast<int>(i);
        if (!result.empty() && result.back().second == index - 1)
            result.back().second = index;
        else
            result.emplace_back(index, index);
    }
    return result;
}

} // namespace

FlagTableModel::FlagTableModel(QObject *parent) : QAbstractTableModel(parent) {}

std::vector<FlagTableModel::Row>
FlagTableModel::marked(const std::shared_ptr<const flags::Namespace> &nameSpace,
                       const std::shared_ptr<const flags::Namespace> &base)
{
    std::vector<Row> rows;
    if (!nameSpace)
        return rows;
    rows.reserve(nameSpace->flags.size());
    QHash<QString, const flags::Flag *> saved; // filled when the lists turn out to differ
    for (size_t i = 0; i < nameSpace->flags.size(); ++i) {
        const auto &flag = nameSpace->flags[i];
        if (base && i < base->flags.size() && base->flags[i] == flag) {
            rows.push_back({flag.get(), Mark::Unchanged});
            continue;
        }
        if (base && saved.isEmpty()) {
            for (const auto &old : base->flags)
                saved.insert(old->key.text(), old.get());
        }
        const flags::Flag *old = saved.value(flag->key.text());
        const bool same = old && (old == flag.get() || *old == *flag);
        rows.push_back({flag.get(), same ? Mark::Unchanged : old ? Mark::Changed : Mark::Added});
    }
    return rows;
}

void FlagTableModel::setNamespace(const std::shared_ptr<const flags::Namespace> &nameSpace,
                                  const std::shared_ptr<const flags::Namespace> &base)
{
    std::vector<Row> rows = marked(nameSpace, base);
    // The rows shown are of the old one until showMatches() has told what changes.
    const std::shared_ptr<const flags::Namespace> old = std::exchange(m_nameSpace, nameSpace);
    m_textIsOld = m_textIsOld || !std::ranges::equal(rows, m_flags, [](const Row &a, const Row &b) {
                      return haveSameText(*a.flag, *b.flag);
                  });
    m_flags = std::move(rows);
    showMatches();
}

void FlagTableModel::setFilter(const QString &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    showMatches();
}

void FlagTableModel::foldTexts()
{
    m_text.clear();
    m_spans.clear();
    m_spans.reserve(m_flags.size());
    for (const Row &row : m_flags) {
        Span span;
        span.start = m_text.size();
        const QString key = row.flag->key.text().toCaseFolded();
        const QString name = row.flag->name.toCaseFolded();
        span.keyLength = key.size();
        span.nameLength = name.size();
        m_text +=
            key + fieldEnd + name + fieldEnd + row.flag->description.toCaseFolded() + fieldEnd;
        span.end = m_text.size();
        m_spans.push_back(span);
    }
    m_textIsOld = false;
}

void FlagTableModel::findFaulty()
{
    if (m_judged == m_nameSpace)
        return;
    m_judged = m_nameSpace;
    m_faulty.clear();
    if (!m_nameSpace)
        return;
    for (const flags::Problem &problem : flags::validate(*m_nameSpace)) {
        using Part = flags::Location::Part;
        const Part part = problem.location.part;
        if (part != Part::Namespace && part != Part::Segment && part != Part::Constraint)
            m_faulty.insert(problem.location.owner);
    }
}

std::vector<size_t> FlagTableModel::matches()
{
    const FlagFilter filter = parseFlagFilter(m_filter);
    std::vector<size_t> result = wordMatches(filter.words);
    if (filter.conditions.empty())
        return result;
    if (filter.asksForProblems())
        findFaulty();
    std::erase_if(result, [&](size_t place) {
        const Row &row = m_flags[place];
        return !fits(filter, *row.flag, row.mark != Mark::Unchanged,
                     m_faulty.contains(row.flag->key.text()));
    });
    return result;
}

/// The span of a place in m_text, at or behind `from`. Mostly it is near, so steps grow from there.
std::vector<FlagTableModel::Span>::const_iterator
FlagTableModel::spanAt(qsizetype place, std::vector<Span>::const_iterator from) const
{
    for (std::ptrdiff_t step = 1; from->end <= place; step *= 2) {
        if (m_spans.end() - from <= step || (from + step)->end > place) {
            const auto last = m_spans.end() - from <= step ? m_spans.end() : from + step;
            return std::upper_bound(from, last, place,
                                    [](qsizetype at, const Span &other) { return at < other.end; });
        }
        from += step;
    }
    return from;
}

std::vector<size_t> FlagTableModel::wordMatches(const QStringList &words) const
{
    std::vector<size_t> result;
    if (words.isEmpty()) {
        result.resize(m_flags.size());
        for (size_t i = 0; i < result.size(); ++i)
            result[i] = i;
        return result;
    }
    // The longest word is the rarest; it is looked for in all texts at once.
    const QString &rarest =
        *std::ranges::max_element(words, {}, [](const QString &word) { return word.size(); });
    const QStringMatcher matcher(rarest);
    qsizetype place = matcher.indexIn(m_text);
    auto span = m_spans.begin();
    while (place >= 0) {
        span = spanAt(place, span);
        const QStringView text = QStringView(m_text).sliced(span->start, span->end - span->start);
        const bool all = std::ranges::all_of(
            words, [&](const QString &word) { return word == rarest || text.contains(word); });
        if (all)
            result.push_back(static_cast<size_t>(span - m_spans.begin()));
        place = matcher.indexIn(m_text, span->end);
    }
    return result;
}

void FlagTableModel::sortMatches(std::vector<size_t> &matches) const
{
    if (m_sortColumn < 0)
        return;
    const QStringView text(m_text);
    const auto keyOf = [&](size_t i) {
        return text.sliced(m_spans[i].start, m_spans[i].keyLength);
    };
    const auto nameOf = [&](size_t i) {
        return text.sliced(m_spans[i].start + m_spans[i].keyLength + 1, m_spans[i].nameLength);
    };
    const auto ordered = [&](const auto &valueOf) {
        std::ranges::stable_sort(matches, [&](size_t a, size_t b) {
            return m_sortOrder == Qt::AscendingOrder ? valueOf(a) < valueOf(b)
                                                     : valueOf(b) < valueOf(a);
        });
    };
    switch (m_sortColumn) {
    case KeyColumn:
        ordered(keyOf);
        break;
    case NameColumn:
        ordered(nameOf);
        break;
    case TypeColumn:
        ordered([&](size_t i) { return m_flags[i].flag->type; });
        break;
    case EnabledColumn:
        ordered([&](size_t i) { return m_flags[i].flag->enabled; });
        break;
    case RulesColumn:
        ordered([&](size_t i) { return decidingParts(*m_flags[i].flag); });
        break;
    case UpdatedColumn: // the stored form sorts like time
        ordered([&](size_t i) { return QStringView(m_flags[i].flag->times.updated); });
        break;
    case CreatedColumn:
        ordered([&](size_t i) { return QStringView(m_flags[i].flag->times.created); });
        break;
    case DescriptionColumn:
        ordered([&](size_t i) {
            const qsizetype start =
                m_spans[i].start + m_spans[i].keyLength + m_spans[i].nameLength + 2;
            return text.sliced(start, m_spans[i].end - start);
        });
        break;
    default:
        break;
    }
}

void FlagTableModel::showMatches()
{
    if (m_textIsOld && !(m_filter.isEmpty() && m_sortColumn < 0))
        foldTexts();
    std::vector<size_t> places = matches();
    sortMatches(places);
    std::vector<Row> rows;
    rows.reserve(places.size());
    for (const size_t place : places)
        rows.push_back(m_flags[place]);
    show(std::move(rows));
}

void FlagTableModel::show(std::vector<Row> rows)
{
    const auto sameKey = [](const Row &a, const Row &b) {
        return a.flag == b.flag || a.flag->key == b.flag->key;
    };
    const auto sizeOf = [](const std::vector<Row> &list) {
        return static_cast<qsizetype>(list.size());
    };
    if (std::abs(sizeOf(rows) - sizeOf(m_rows)) > mostRows) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    if (!std::ranges::equal(rows, m_rows, sameKey)) {
        QSet<QString> before;
        for (const Row &row : m_rows)
            before.insert(row.flag->key.text());
        QSet<QString> after;
        for (const Row &row : rows)
            after.insert(row.flag->key.text());
        const auto absent = ranges(
            m_rows.size(), [&](size_t i) { return !after.contains(m_rows[i].flag->key.text()); });
        const auto fresh = ranges(
            rows.size(), [&](size_t i) { return !before.contains(rows[i].flag->key.text()); });
        if (static_cast<int>(absent.size() + fresh.size()) > mostRanges
            || after.size() != static_cast<qsizetype>(rows.size())) {
            beginResetModel();
            m_rows = std::move(rows);
            endResetModel();
            return;
        }
        for (auto range = absent.rbegin(); range != absent.rend(); ++range) {
            beginRemoveRows({}, range->first, range->second);
            m_rows.erase(m_rows.begin() + range->first, m_rows.begin() + range->second + 1);
            endRemoveRows();
        }
        for (const auto &[first, last] : fresh) {
            const int place = std::min(first, static_cast<int>(m_rows.size()));
            beginInsertRows({}, place, place + last - first);
            m_rows.insert(m_rows.begin() + place, rows.begin() + first, rows.begin() + last + 1);
            endInsertRows();
        }
        if (!std::ranges::equal(rows, m_rows, sameKey))
            takeOrder(rows);
    }
    const auto changed = ranges(rows.size(), [&](size_t i) {
        return rows[i].flag != m_rows[i].flag || rows[i].mark != m_rows[i].mark;
    });
    m_rows = std::move(rows);
    for (const auto &[first, last] : changed)
        emit dataChanged(index(first, 0), index(last, ColumnCount - 1));
}

/// The same rows in another order.
void FlagTableModel::takeOrder(const std::vector<Row> &rows)
{
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    QHash<QString, int> places;
    for (size_t i = 0; i < rows.size(); ++i)
        places.insert(rows[i].flag->key.text(), static_cast<int>(i));
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    for (const QModelIndex &old : from)
        to.append(index(places.value(m_rows[static_cast<size_t>(old.row())].flag->key.text()),
                        old.column()));
    std::vector<Row> reordered(m_rows.size());
    for (Row &row : m_rows)
        reordered[static_cast<size_t>(places.value(row.flag->key.text()))] = std::move(row);
    m_rows = std::move(reordered);
    changePersistentIndexList(from, to);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void FlagTableModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    showMatches();
}

std::shared_ptr<const flags::Flag> FlagTableModel::flag(const QModelIndex &index) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return nullptr;
    return {m_nameSpace, m_rows[static_cast<size_t>(index.row())].flag};
}

QModelIndex FlagTableModel::indexOf(const FlagKey &key) const
{
    const auto found =
        std::ranges::find_if(m_rows, [&](const Row &row) { return row.flag->key == key; });
    return found == m_rows.end() ? QModelIndex()
                                 : index(static_cast<int>(found - m_rows.begin()), 0);
}

QModelIndex FlagTableModel::nextMatch(const QString &prefix, const QModelIndex &from) const
{
    const int count = static_cast<int>(m_rows.size());
    for (int step = 1; step <= count; ++step) {
        const int row = (std::max(from.row(), -1) + step) % count;
        const QString &key = m_rows[static_cast<size_t>(row)].flag->key.text();
        if (key.startsWith(prefix, Qt::CaseInsensitive))
            return index(row, 0);
    }
    return {};
}

int FlagTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FlagTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FlagTableModel::value(const Row &row, int role)
{
    const flags::Flag &flag = *row.flag;
    switch (role) {
    case KeyRole:
        return flag.key.text();
    case NameRole:
        return flag.name;
    case DescriptionRole:
        return flag.description;
    case TypeRole:
        return flag.type;
    case EnabledRole:
        return flag.enabled;
    case RulesRole:
        return decidingParts(flag);
    case UpdatedRole:
        return momentOf(flag.times.updated);
    case CreatedRole:
        return momentOf(flag.times.created);
    case MarkRole:
        return static_cast<int>(row.mark);
    default:
        return {};
    }
}

QVariant FlagTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<size_t>(index.row())];
    if (role != Qt::DisplayRole)
        return value(row, role);
    switch (index.column()) {
    case KeyColumn:
        return value(row, KeyRole);
    case NameColumn:
        return value(row, NameRole);
    case TypeColumn:
        return value(row, TypeRole);
    case EnabledColumn:
        return value(row, EnabledRole);
    case RulesColumn:
        return value(row, RulesRole);
    case UpdatedColumn:
        return row.flag->times.updated;
    case DescriptionColumn:
        return value(row, DescriptionRole);
    case CreatedColumn:
        return row.flag->times.created;
    default:
        return {};
    }
}

QVariant FlagTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KeyColumn:
        return tr("key");
    case NameColumn:
        return tr("name");
    case TypeColumn:
        return tr("type");
    case EnabledColumn:
        return tr("on");
    case RulesColumn:
        return tr("rules");
    case UpdatedColumn:
        return tr("changed");
    case DescriptionColumn:
        return tr("description");
    case CreatedColumn:
        return tr("created");
    default:
        return {};
    }
}

QHash<int, QByteArray> FlagTableModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{KeyRole, "key"},
                  {NameRole, "name"},
                  {DescriptionRole, "description"},
                  {TypeRole, "type"},
                  {EnabledRole, "enabled"},
                  {RulesRole, "rules"},
                  {UpdatedRole, "updated"},
                  {MarkRole, "mark"},
                  {CreatedRole, "created"}});
    return names;
}

} // namespace edgewise::models
