// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/snapshotloader.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

#include <functional>
#include <map>

namespace edgewise::test {

namespace {

using Row = std::function<QVariant(int)>;
using Owner = std::pair<QString, QString>; ///< namespace and key

void forEachRow(const QSqlDatabase &database, const QString &sql,
                const std::function<void(const Row &)> &visit)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.exec(sql))
        qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
    while (query.next())
        visit([&](int column) { return query.value(column); });
}

std::optional<QString> optionalText(const QVariant &value)
{
    return value.isNull() ? std::nullopt : std::optional(value.toString());
}

flags::Times times(const Row &row, int created)
{
    return {row(created).toString(), row(created + 1).toString()};
}

struct Tables {
    std::map<QString, std::vector<flags::Segment>> segments;
    std::map<QString, std::vector<flags::Flag>> flags;
    std::map<Owner, std::vector<flags::Constraint>> constraints;
    std::map<Owner, std::vector<flags::Variant>> variants;
    std::map<Owner, std::vector<flags::Rule>> rules;
    std::map<Owner, std::vector<flags::Rollout>> rollouts;
    std::map<QString, std::vector<flags::Distribution>> distributions; ///< by rule
    std::map<QString, std::vector<SegmentKey>> segmentKeys; ///< by rule or rollout segment
    std::map<QString, flags::Threshold> thresholds;         ///< by rollout
    std::map<QString, std::vector<flags::SegmentMatch>> segmentMatches; ///< by rollout
};

void readSegments(const QSqlDatabase &database, Tables &tables)
{
    forEachRow(database,
               QStringLiteral("select namespace_key, segment_key, id, type, property, operator, "
                              "value, description, created_at, updated_at from constraints "
                              "order by created_at, rowid"),
               [&](const Row &row) {
                   tables.constraints[{row(0).toString(), row(1).toString()}].push_back(
                       {ConstraintId(row(2).toString()), row(3).toInt(), row(4).toString(),
                        row(5).toString(), row(6).toString(), optionalText(row(7)), times(row, 8)});
               });
    forEachRow(database,
               QStringLiteral("select namespace_key, key, name, description, match_type, "
                              "created_at, updated_at from segments order by created_at, key"),
               [&](const Row &row) {
                   const Owner owner(row(0).toString(), row(1).toString());
                   tables.segments[owner.first].push_back(
                       {SegmentKey(owner.second), row(2).toString(), row(3).toString(),
                        row(4).toInt(), tables.constraints[owner], times(row, 5)});
               });
}

void readRules(const QSqlDatabase &database, Tables &tables)
{
    for (const char *sql : {"select rule_id, segment_key from rule_segments order by rowid",
                            "select rollout_segment_id, segment_key from "
                            "rollout_segment_references order by rowid"}) {
        forEachRow(database, QString::fromLatin1(sql), [&](const Row &row) {
            tables.segmentKeys[row(0).toString()].emplace_back(row(1).toString());
        });
    }
    forEachRow(database,
               QStringLiteral("select rule_id, id, variant_id, rollout, created_at, updated_at "
                              "from distributions order by created_at, rowid"),
               [&](const Row &row) {
                   tables.distributions[row(0).toString()].push_back(
                       {DistributionId(row(1).toString()), VariantId(row(2).toString()),
                        row(3).toDouble(), times(row, 4)});
               });
    forEachRow(database,
               QStringLiteral("select namespace_key, flag_key, id, rank, segment_operator, "
                              "created_at, updated_at from rules order by rank, rowid"),
               [&](const Row &row) {
                   const QString id = row(2).toString();
                   tables.rules[{row(0).toString(), row(1).toString()}].push_back(
                       {RuleId(id), row(3).toLongLong(), row(4).toInt(), tables.segmentKeys[id],
                        tables.distributions[id], times(row, 5)});
               });
}

void readRollouts(const QSqlDatabase &database, Tables &tables)
{
    forEachRow(database,
               QStringLiteral("select rollout_id, id, percentage, value from rollout_thresholds"),
               [&](const Row &row) {
                   tables.thresholds[row(0).toString()] = {RolloutPartId(row(1).toString()),
                                                           row(2).toDouble(), row(3).toBool()};
               });
    forEachRow(
        database,
        QStringLiteral("select rollout_id, id, value, segment_operator "
                       "from rollout_segments order by rowid"),
        [&](const Row &row) {
            const QString id = row(1).toString();
            tables.segmentMatches[row(0).toString()].push_back(
                {RolloutPartId(id), row(2).toBool(), row(3).toInt(), tables.segmentKeys[id]});
        });
    forEachRow(database,
               QStringLiteral("select namespace_key, flag_key, id, type, description, rank, "
                              "created_at, updated_at from rollouts order by rank, rowid"),
               [&](const Row &row) {
                   const QString id = row(2).toString();
                   const auto threshold = tables.thresholds.find(id);
                   tables.rollouts[{row(0).toString(), row(1).toString()}].push_back(
                       {RolloutId(id), row(3).toInt(), row(4).toString(), row(5).toLongLong(),
                        threshold == tables.thresholds.end() ? std::nullopt
                                                             : std::optional(threshold->second),
                        tables.segmentMatches[id], times(row, 6)});
               });
}

void readFlags(const QSqlDatabase &database, Tables &tables)
{
    forEachRow(database,
               QStringLiteral("select namespace_key, flag_key, id, key, name, description, "
                              "attachment, created_at, updated_at from variants "
                              "order by created_at, key"),
               [&](const Row &row) {
                   tables.variants[{row(0).toString(), row(1).toString()}].push_back(
                       {VariantId(row(2).toString()), row(3).toString(), row(4).toString(),
                        row(5).toString(), optionalText(row(6)), times(row, 7)});
               });
    forEachRow(database,
               QStringLiteral("select namespace_key, key, name, description, enabled, type, "
                              "default_variant_id, metadata, created_at, updated_at from flags "
                              "order by created_at, key"),
               [&](const Row &row) {
                   const Owner owner(row(0).toString(), row(1).toString());
                   const std::optional<QString> variant = optionalText(row(6));
                   tables.flags[owner.first].push_back(
                       {FlagKey(owner.second), row(2).toString(), row(3).toString(),
                        row(4).toBool(), row(5).toInt(),
                        variant ? std::optional(VariantId(*variant)) : std::nullopt,
                        optionalText(row(7)), tables.variants[owner], tables.rules[owner],
                        tables.rollouts[owner], times(row, 8)});
               });
}

template <typename T>
std::vector<std::shared_ptr<const T>> shared(std::vector<T> &&objects)
{
    std::vector<std::shared_ptr<const T>> result;
    for (T &object : objects)
        result.push_back(std::make_shared<const T>(std::move(object)));
    return result;
}

flags::Snapshot readSnapshot(const QSqlDatabase &database)
{
    Tables tables;
    readSegments(database, tables);
    readRules(database, tables);
    readRollouts(database, tables);
    readFlags(database, tables);
    flags::Snapshot snapshot;
    forEachRow(database,
               QStringLiteral("select key, name, description, protected, state_modified_at, "
                              "created_at, updated_at from namespaces order by created_at, key"),
               [&](const Row &row) {
                   const QString key = row(0).toString();
                   snapshot.namespaces.push_back(std::make_shared<const flags::Namespace>(
                       flags::Namespace{NamespaceKey(key), row(1).toString(), row(2).toString(),
                                        row(3).toBool(), optionalText(row(4)),
                                        shared(std::move(tables.flags[key])),
                                        shared(std::move(tables.segments[key])), times(row, 5)}));
               });
    return snapshot;
}

} // namespace

flags::Snapshot loadSnapshot(const QString &path)
{
    const QString name = QUuid::createUuid().toString();
    flags::Snapshot snapshot;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
        database.setDatabaseName(path);
        if (!database.open())
            qFatal("%s: %s", qPrintable(path), qPrintable(database.lastError().text()));
        snapshot = readSnapshot(database);
    }
    QSqlDatabase::removeDatabase(name);
    return snapshot;
}

} // namespace edgewise::test
