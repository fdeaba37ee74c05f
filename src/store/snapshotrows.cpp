// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/snapshotrows.h>

#include <array>

namespace edgewise::store {

namespace {

std::optional<QString> optionalText(const QVariant &value)
{
    if (value.isNull())
        return std::nullopt;
    return value.toString();
}

/// The two time columns end each row that has them, created_at first.
flags::Times timesOf(const QVariantList &row)
{
    return {.created = row[row.size() - 2].toString(), .updated = row.last().toString()};
}

RowPlace placeByTime(const QVariantList &row)
{
    const QVariant &created = row[row.size() - 2];
    const bool isText = created.userType() == QMetaType::QString;
    return {.isText = isText,
            .number = isText ? 0 : created.toDouble(),
            .text = isText ? created.toString() : QString(),
            .row = row.first().toLongLong()};
}

RowPlace placeByRow(const QVariantList &row)
{
    return {.isText = false, .number = 0, .text = {}, .row = row.first().toLongLong()};
}

/// Of a row (row number, owner, namespace, segment).
RowPlace placeOfReference(const QVariantList &row)
{
    RowPlace place = placeByRow(row);
    place.text = row[2].toString(); // not sorted by, see noteLinkOutside
    return place;
}

/// A column that Flipt reads as a number (Flipt: internal/storage/sql/common). SQLite keeps a text
/// that is none, and then Flipt reads no row of the list.
struct NumberColumn {
    Table table;
    int column; ///< in the row, the row number being column 0
    bool isReal;
};
constexpr std::array numberColumns{
    NumberColumn{Table::Namespaces, 4, false},
    NumberColumn{Table::Segments, 5, false},
    NumberColumn{Table::Constraints, 4, false},
    NumberColumn{Table::Flags, 5, false},
    NumberColumn{Table::Flags, 6, false},
    NumberColumn{Table::Rules, 4, false},
    NumberColumn{Table::Rules, 5, false},
    NumberColumn{Table::Distributions, 4, true},
    NumberColumn{Table::Rollouts, 4, false},
    NumberColumn{Table::Rollouts, 6, false},
    NumberColumn{Table::RolloutThresholds, 3, true},
    NumberColumn{Table::RolloutThresholds, 4, false},
    NumberColumn{Table::RolloutSegments, 3, false},
    NumberColumn{Table::RolloutSegments, 4, false},
};

constexpr size_t mostProblems = 1000;

flags::Location placeOf(Table table, const QVariantList &row)
{
    using Part = flags::Location::Part;
    const auto at = [&](int column) { return row[column].toString(); };
    switch (table) {
    case Table::Namespaces:
        return {Part::Namespace, NamespaceKey(at(1)), {}, {}, {}, -1, {}};
    case Table::Segments:
        return {Part::Segment, NamespaceKey(at(1)), at(2), {}, {}, -1, {}};
    case Table::Constraints:
        return {Part::Constraint, NamespaceKey(at(2)), at(3), {}, at(1), -1, {}};
    case Table::Flags:
        return {Part::Flag, NamespaceKey(at(1)), at(2), {}, {}, -1, {}};
    case Table::Rules:
        return {Part::Rule, NamespaceKey(at(2)), at(3), {}, at(1), -1, {}};
    case Table::Distributions:
        return {Part::Distribution, {}, {}, at(2), at(1), -1, {}};
    case Table::Rollouts:
        return {Part::Rollout, NamespaceKey(at(2)), at(3), {}, at(1), -1, {}};
    default:
        return {Part::Rollout, {}, {}, at(2), at(1), -1, {}};
    }
}

bool isReadable(const QVariant &value, bool isReal)
{
    if (value.userType() == QMetaType::Double)
        return isReal;
    return value.userType() == QMetaType::LongLong || value.isNull();
}

RowPlace placeByRank(const QVariantList &row, const QVariant &rank)
{
    RowPlace place = placeByRow(row);
    // Ranks are compared as integers when the rules are sorted; the number serves the tie.
    place.number = rank.toDouble();
    return place;
}

} // namespace

void SnapshotRows::note(flags::Problem problem)
{
    if (problems.size() < mostProblems)
        problems.push_back(std::move(problem));
}

void SnapshotRows::checkTypes(Table table, const QVariantList &row)
{
    for (const NumberColumn &number : numberColumns) {
        if (number.table != table || isReadable(row[number.column], number.isReal))
            continue;
        note({flags::Problem::Severity::Error,
              flags::Problem::Code::StorageType,
              placeOf(table, row),
              {tableName(table) + u'.' + tableColumns(table)[number.column - 1],
               row.first().toString(), row[number.column].toString()}});
    }
}

void SnapshotRows::noteLinkOutside(flags::Location place, Table table, const RowPlace &reference)
{
    note({flags::Problem::Severity::Error,
          flags::Problem::Code::LinkOutside,
          std::move(place),
          {tableName(table), QString::number(reference.row), reference.text}});
}

void SnapshotRows::add(Table table, const QVariantList &row)
{
    ++m_counts[size_t(table)];
    checkTypes(table, row);
    const auto text = [&row](int column) { return row[column].toString(); };
    switch (table) {
    case Table::Namespaces:
        namespaces.push_back({{.key = NamespaceKey(text(1)),
                               .name = text(2),
                               .description = text(3),
                               .isProtected = row[4].toBool(),
                               .stateModified = optionalText(row[5]),
                               .flags = {},
                               .segments = {},
                               .times = timesOf(row)},
                              placeByTime(row)});
        break;
    case Table::Segments:
        segments[text(1)].push_back({{.key = SegmentKey(text(2)),
                                      .name = text(3),
                                      .description = text(4),
                                      .matchType = row[5].toInt(),
                                      .constraints = {},
                                      .times = timesOf(row)},
                                     placeByTime(row)});
        break;
    case Table::Constraints:
        constraints[{text(2), text(3)}].push_back({{.id = ConstraintId(text(1)),
                                                    .type = row[4].toInt(),
                                                    .property = text(5),
                                                    .operatorName = text(6),
                                                    .value = text(7),
                                                    .description = optionalText(row[8]),
                                                    .times = timesOf(row)},
                                                   placeByTime(row)});
        break;
    case Table::Flags: {
        flags::Flag flag{.key = FlagKey(text(2)),
                         .name = text(3),
                         .description = text(4),
                         .enabled = row[5].toBool(),
                         .type = row[6].toInt(),
                         .defaultVariant = std::nullopt,
                         .metadata = optionalText(row[8]),
                         .variants = {},
                         .rules = {},
                         .rollouts = {},
                         .times = timesOf(row)};
        if (!row[7].isNull())
            flag.defaultVariant = VariantId(text(7));
        flags[text(1)].push_back({std::move(flag), placeByTime(row)});
        break;
    }
    case Table::Variants:
        variants[{text(2), text(3)}].push_back({{.id = VariantId(text(1)),
                                                 .key = text(4),
                                                 .name = text(5),
                                                 .description = text(6),
                                                 .attachment = optionalText(row[7]),
                                                 .times = timesOf(row)},
                                                placeByTime(row)});
        break;
    case Table::Rules:
        rules[{text(2), text(3)}].push_back({{.id = RuleId(text(1)),
                                              .rank = row[4].toLongLong(),
                                              .segmentOperator = row[5].toInt(),
                                              .segments = {},
                                              .distributions = {},
                                              .times = timesOf(row)},
                                             placeByRank(row, row[4])});
        break;
    case Table::RuleSegments:
        ruleSegments[text(1)].push_back({SegmentKey(text(3)), placeOfReference(row)});
        break;
    case Table::Distributions:
        distributions[text(2)].push_back({{.id = DistributionId(text(1)),
                                           .variant = VariantId(text(3)),
                                           .rollout = row[4].toDouble(),
                                           .times = timesOf(row)},
                                          placeByTime(row)});
        break;
    case Table::Rollouts:
        rollouts[{text(2), text(3)}].push_back({{.id = RolloutId(text(1)),
                                                 .type = row[4].toInt(),
                                                 .description = text(5),
                                                 .rank = row[6].toLongLong(),
                                                 .threshold = std::nullopt,
                                                 .segmentMatches = {},
                                                 .times = timesOf(row)},
                                                placeByRank(row, row[6])});
        break;
    case Table::RolloutThresholds:
        thresholds.insert(text(2), {.id = RolloutPartId(text(1)),
                                    .percentage = row[3].toDouble(),
                                    .value = row[4].toBool()});
        break;
    case Table::RolloutSegments:
        segmentMatches[text(2)].push_back({{.id = RolloutPartId(text(1)),
                                            .value = row[3].toBool(),
                                            .segmentOperator = row[4].toInt(),
                                            .segments = {}},
                                           placeByRow(row)});
        break;
    case Table::RolloutSegmentReferences:
        matchSegments[text(1)].push_back({SegmentKey(text(3)), placeOfReference(row)});
        break;
    case Table::Count:
        break;
    }
}

} // namespace edgewise::store
