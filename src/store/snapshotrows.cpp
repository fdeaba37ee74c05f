// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/snapshotrows.h>

#include <algorithm>

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

RowPlace placeByRank(const QVariantList &row, const QVariant &rank)
{
    RowPlace place = placeByRow(row);
    // Ranks are compared as integers when the rules are sorted; the number serves the tie.
    place.number = rank.toDouble();
    return place;
}

} // namespace

RowPlace placeOfTime(const QString &time, qint64 row)
{
    // Nearly every time has a colon, and trying to read it as a number is slow.
    bool isNumber = false;
    const double number = time.contains(u':') ? 0 : time.toDouble(&isNumber);
    return {.isText = !isNumber,
            .number = isNumber ? number : 0,
            .text = isNumber ? QString() : time,
            .row = row};
}

int compareBytes(QStringView a, QStringView b)
{
    const qsizetype size = std::min(a.size(), b.size());
    for (qsizetype i = 0; i < size; ++i) {
        if (a[i] == b[i])
            continue;
        // Surrogates stand for U+10000 and above, but as code units come before U+E000 to U+FFFF.
        const auto rotated = [](char16_t unit) -> int {
            if (unit >= 0xE000)
                return unit - 0x800;
            return unit >= 0xD800 ? unit + 0x2000 : unit;
        };
        return rotated(a[i].unicode()) - rotated(b[i].unicode());
    }
    return a.size() < b.size() ? -1 : a.size() > b.size();
}

int compareTimes(const RowPlace &a, const RowPlace &b)
{
    if (a.isText != b.isText)
        return a.isText ? 1 : -1;
    if (a.isText)
        return compareBytes(a.text, b.text);
    return a.number < b.number ? -1 : a.number > b.number;
}

bool precedes(const RowPlace &a, const RowPlace &b)
{
    const int order = compareTimes(a, b);
    return order != 0 ? order < 0 : a.row < b.row;
}

void SnapshotRows::add(Table table, const QVariantList &row)
{
    ++m_counts[size_t(table)];
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
        ruleSegments[text(1)].push_back({SegmentKey(text(3)), placeByRow(row)});
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
        matchSegments[text(1)].push_back({SegmentKey(text(3)), placeByRow(row)});
        break;
    case Table::Count:
        break;
    }
}

} // namespace edgewise::store
