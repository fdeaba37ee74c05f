// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testdata.h"

#include <base/clock.h>
#include <flags/edit.h>
#include <store/connection.h>
#include <store/savewriter.h>
#include <store/schemacreation.h>
#include <store/snapshotreader.h>

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTemporaryDir>
#include <QTest>

namespace edgewise::test {

using namespace Qt::StringLiterals;

inline const NamespaceKey defaultKey(u"default"_qs);

inline flags::Flag plainFlag(const QString &key)
{
    flags::Flag flag;
    flag.key = FlagKey(key);
    flag.name = key;
    return flag;
}

/// A flag with a thing of every kind, and two segments.
inline flags::Snapshot richSnapshot(const flags::Snapshot &base)
{
    flags::Snapshot result = base;
    for (const char *key : {"s1", "s2"}) {
        flags::Segment segment;
        segment.key = SegmentKey(QString::fromLatin1(key));
        segment.name = u"segment"_qs;
        for (const char *property : {"p1", "p2"}) {
            flags::Constraint constraint;
            constraint.id = ConstraintId(QString::fromLatin1(key) + QString::fromLatin1(property));
            constraint.property = QString::fromLatin1(property);
            constraint.operatorName = u"eq"_qs;
            constraint.value = u"v"_qs;
            constraint.description = QString();
            segment.constraints.push_back(constraint);
        }
        result = *flags::insertSegment(result, defaultKey, segment);
    }
    flags::Flag flag = plainFlag(u"rich"_qs);
    for (const char *key : {"v1", "v2"}) {
        flags::Variant variant;
        variant.id = VariantId(QString::fromLatin1(key));
        variant.key = QString::fromLatin1(key);
        flag.variants.push_back(variant);
    }
    flag.variants[0].attachment = u"{ \"a\" : 1 }"_qs;
    flag.defaultVariant = flag.variants[0].id;
    flag.metadata = u"{\"owner\":\"me\"}"_qs;
    for (int i = 1; i <= 3; ++i) {
        flags::Rule rule;
        rule.id = RuleId(u"r%1"_qs.arg(i));
        rule.rank = i;
        rule.segments = {SegmentKey(u"s1"_qs)};
        for (int j = 0; j < 2; ++j) {
            flags::Distribution distribution;
            distribution.id = DistributionId(u"d%1%2"_qs.arg(i).arg(j));
            distribution.variant = flag.variants[size_t(j)].id;
            distribution.rollout = j == 0 ? 33.33 : 66.67;
            rule.distributions.push_back(distribution);
        }
        flag.rules.push_back(rule);
    }
    for (int i = 1; i <= 2; ++i) {
        flags::Rollout rollout;
        rollout.id = RolloutId(u"o%1"_qs.arg(i));
        rollout.rank = i;
        if (i == 1) {
            rollout.type = flags::SegmentRollout;
            rollout.segmentMatches.push_back({.id = RolloutPartId(u"m1"_qs),
                                              .value = true,
                                              .segmentOperator = flags::OrOperator,
                                              .segments = {SegmentKey(u"s2"_qs)}});
        } else {
            rollout.threshold =
                flags::Threshold{.id = RolloutPartId(u"t2"_qs), .percentage = 12.3, .value = true};
        }
        flag.rollouts.push_back(rollout);
    }
    return *flags::insertFlag(result, defaultKey, flag);
}

inline flags::Flag richFlag(const flags::Snapshot &snapshot)
{
    return *snapshot.nameSpace(defaultKey)->flag(FlagKey(u"rich"_qs));
}

/// A clock that stands still until the test moves it.
class StandingClock final : public Clock {
public:
    qint64 wallNanoseconds() const override { return now; }
    qint64 steadyNanoseconds() const override { return now; }
    qint64 now = 1'796'000'000'123'456'789;
};

/// A SQLite file with Flipt's schema, written by the code under test and by `run`, which is
/// somebody else.
class SaveFile {
public:
    explicit SaveFile(const QString &copyOf = {})
    {
        m_name = u"other-%1"_qs.arg(quintptr(this));
        if (!copyOf.isEmpty()) {
            if (!QFile::copy(copyOf, path()))
                qFatal("no copy of %s", qPrintable(copyOf));
            QFile::setPermissions(path(), QFile::ReadOwner | QFile::WriteOwner);
        }
        m_other = QSqlDatabase::addDatabase(u"QSQLITE"_qs, m_name);
        m_other.setDatabaseName(path());
        if (!m_other.open())
            qFatal("no database");
        run(u"PRAGMA synchronous = OFF"_qs);
        run(u"PRAGMA foreign_keys = ON"_qs);
        if (copyOf.isEmpty()) {
            for (const QString &sql : store::schemaStatements())
                run(sql);
        }
    }
    ~SaveFile()
    {
        m_other.close();
        m_other = QSqlDatabase();
        QSqlDatabase::removeDatabase(m_name);
    }

    QString path() const { return m_folder.filePath(QStringLiteral("flipt.db")); }

    QList<QVariantList> run(const QString &sql)
    {
        QSqlQuery query(m_other);
        if (!query.exec(sql))
            qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
        QList<QVariantList> rows;
        while (query.next()) {
            QVariantList row;
            for (int i = 0; i < query.record().count(); ++i)
                row.append(query.value(i));
            rows.append(row);
        }
        return rows;
    }

    flags::Snapshot read(const flags::Snapshot &previous = {})
    {
        auto database = open(store::Database::Access::Read);
        auto reading =
            store::SnapshotReader(**database, QStringLiteral("file"), clock).read(previous);
        if (!reading)
            qFatal("%s: %s", qPrintable(reading.error().step), qPrintable(reading.error().detail));
        return std::move(reading->snapshot);
    }

    Result<store::Receipt> write(const changes::ChangeSet &changes, const flags::Snapshot &base)
    {
        std::unique_ptr<store::Database> database;
        const auto opener = [&](bool) -> Result<store::Database *> {
            auto opened = open(store::Database::Access::Write);
            if (!opened)
                return opened.error();
            database = std::move(*opened);
            QSqlQuery(database->handle()).exec(QStringLiteral("PRAGMA synchronous = OFF"));
            return database.get();
        };
        return store::SaveWriter(opener, QStringLiteral("file"), 1000, clock, nextId())
            .write(changes, base);
    }

    /// What `write` will do, told before it is called.
    Result<store::WritePlan> plan(const changes::ChangeSet &changes, const flags::Snapshot &base)
    {
        return store::planWrite(changes, base, clock.now, nextId());
    }

    StandingClock clock;
    int series = 0; ///< part of the ids that are made; the test counts it up after each save

private:
    store::IdGenerator nextId() const
    {
        return [series = series, number = 0]() mutable {
            return QStringLiteral("id-%1-%2").arg(series).arg(++number);
        };
    }
    Result<std::unique_ptr<store::Database>> open(store::Database::Access access)
    {
        return store::Database::open(*store::Source::parse(path()),
                                     {.token = {}, .deadlineMilliseconds = 1000}, access);
    }

    QTemporaryDir m_folder;
    QString m_name;
    QSqlDatabase m_other;
};

} // namespace edgewise::test
