// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/tablediff.h>

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include "support/sqldnode.h"

using namespace edgewise;
using namespace edgewise::replication;
using namespace Qt::StringLiterals;
using Kind = RowDifference::Kind;
using test::SqldNode;

class TestTableDiff : public QObject {
    Q_OBJECT
private slots:
    void twoFiles()
    {
        const QStringList table{
            u"create table t(k text primary key, v)"_qs,
            u"insert into t values ('a', 1), ('b', null), ('c', x'00ff'), ('d', 1.5)"_qs};
        auto a = file(u"a"_qs, table);
        auto b = file(u"b"_qs, table
                                   + QStringList{u"update t set v = 2 where k = 'a'"_qs,
                                                 u"delete from t where k = 'c'"_qs,
                                                 u"insert into t values ('e', 0)"_qs});
        const auto summary = compare(*a, *b, u"t"_qs);
        QVERIFY2(summary.has_value(), qPrintable(detail(summary)));
        QCOMPARE(summary->counts, (RowCounts{.same = 2, .changed = 1, .onlyA = 1, .onlyB = 1}));
        QVERIFY(summary->isSamePosition());
        QCOMPARE(m_rows.size(), 5);
        QCOMPARE(m_rows[0].kind, Kind::Changed);
        QCOMPARE(m_rows[0].changed, QList<int>{1});
        QCOMPARE(m_rows[2].kind, Kind::OnlyA);
        QCOMPARE(m_rows[2].a[1], QVariant(QByteArray("\x00\xff", 2)));
        QCOMPARE(m_rows[4].kind, Kind::OnlyB);
    }

    void pagesOfMixedKeys()
    {
        // More than two pages a side, of all storage classes, in a key without affinity.
        const QStringList rows{
            u"create table t(k blob, n integer, v, primary key(k, n)) without rowid"_qs,
            u"insert into t with recursive c(n) as (select 1 union all select n+1 from c where n < "
            "12000) select case n % 4 when 0 then n when 1 then n + 0.5 when 2 then 'k' || n else "
            "cast('k' || n as blob) end, n, 'v' from c"_qs};
        auto a = file(u"a"_qs, rows);
        auto b = file(u"b"_qs, rows
                                   + QStringList{u"update t set v = 'w' where n % 100 = 0"_qs,
                                                 u"delete from t where n % 1000 = 1"_qs});
        const auto summary = compare(*a, *b, u"t"_qs);
        QVERIFY2(summary.has_value(), qPrintable(detail(summary)));
        QCOMPARE(summary->counts,
                 (RowCounts{.same = 12000 - 120 - 12, .changed = 120, .onlyA = 12, .onlyB = 0}));
    }

    void aTableWithoutPrimaryKeyIsKeyedByItsUniqueIndex()
    {
        const QStringList table{u"create table schema_migrations(version integer, dirty)"_qs,
                                u"create unique index u on schema_migrations(version)"_qs,
                                u"insert into schema_migrations values (15, 0)"_qs};
        auto a = file(u"a"_qs, table);
        auto b = file(u"b"_qs, table + QStringList{u"update schema_migrations set dirty = 1"_qs});
        const auto summary = compare(*a, *b, u"schema_migrations"_qs);
        QVERIFY2(summary.has_value(), qPrintable(detail(summary)));
        QCOMPARE(summary->table.key, QStringList{u"version"_qs});
        QCOMPARE(summary->counts.changed, 1);
    }

    void noKeyAtAll()
    {
        auto a = file(u"a"_qs, {u"create table t(v)"_qs, u"insert into t values (1), (1), (2)"_qs});
        auto b = file(u"b"_qs, {u"create table t(v)"_qs, u"insert into t values (1), (3)"_qs});
        const auto summary = compare(*a, *b, u"t"_qs);
        QVERIFY2(summary.has_value(), qPrintable(detail(summary)));
        QCOMPARE(summary->counts, (RowCounts{.same = 1, .changed = 0, .onlyA = 2, .onlyB = 1}));
    }

    void aTableThatIsMissing()
    {
        auto a = file(u"a"_qs, {u"create table t(v)"_qs});
        auto b = file(u"b"_qs, {u"create table other(v)"_qs});
        const auto summary = compare(*a, *b, u"t"_qs);
        QVERIFY(!summary.has_value());
        QCOMPARE(summary.error().kind, Error::Kind::NotFound);
        QVERIFY(summary.error().detail.contains(b->source().text));
    }

    void otherColumns()
    {
        auto a = file(u"a"_qs, {u"create table t(v)"_qs});
        auto b = file(u"b"_qs, {u"create table t(v, w)"_qs});
        const auto summary = compare(*a, *b, u"t"_qs);
        QVERIFY(!summary.has_value());
        QCOMPARE(summary.error().kind, Error::Kind::Schema);
    }

    void secretsAreNotCompared()
    {
        const auto table = [](const QString &token) {
            return QStringList{u"create table authentications(id text not null primary key, "
                               "hashed_client_token text)"_qs,
                               u"insert into authentications values ('1', '%1')"_qs.arg(token)};
        };
        auto a = file(u"a"_qs, table(u"first"_qs));
        auto b = file(u"b"_qs, table(u"second"_qs));
        auto summary = compare(*a, *b, u"authentications"_qs);
        QVERIFY2(summary.has_value(), qPrintable(detail(summary)));
        QVERIFY(summary->counts.isEqual());
        for (const QVariant &cell : m_rows.first().a + m_rows.first().b)
            QVERIFY(cell != QVariant(u"first"_qs) && cell != QVariant(u"second"_qs));

        const auto wider = [&](const QString &name, const QString &token) {
            return file(name, table(token)
                                  + QStringList{u"insert into authentications values ('%1', "
                                                "'%2')"_qs.arg(name, token)});
        };
        a = wider(u"a"_qs, u"first"_qs);
        b = wider(u"b"_qs, u"second"_qs);
        summary = compare(*a, *b, u"authentications"_qs, true);
        QVERIFY2(summary.has_value(), qPrintable(detail(summary)));
        QCOMPARE(summary->counts, (RowCounts{.same = 1, .changed = 0, .onlyA = 1, .onlyB = 1}));
        for (const RowDifference &row : std::as_const(m_rows)) {
            for (const QVariant &cell : row.a + row.b)
                QVERIFY(cell != QVariant(u"first"_qs) && cell != QVariant(u"second"_qs));
        }
    }

    void whatSqliteFindsIsWhatTheMergeFinds_data()
    {
        QTest::addColumn<QStringList>("a");
        QTest::addColumn<QStringList>("b");
        const auto add = [](const char *name, const QStringList &both, const QStringList &onlyB) {
            QTest::newRow(name) << both << both + onlyB;
        };
        const QString fill =
            u"insert into t with recursive c(n) as (select 1 union all select n+1 from c where n < "
            "25000) select n, 'text ' || n from c"_qs;
        add("two halves", {u"create table t(k integer primary key, v)"_qs, fill},
            {u"update t set v = null where k % 250 = 3"_qs, u"delete from t where k % 1000 = 7"_qs,
             u"insert into t select -k, v from t where k <= 10"_qs,
             u"insert into t select k + 30000, v from t where k <= 10"_qs});
        add("every row", {u"create table t(k integer primary key, v)"_qs, fill},
            {u"update t set v = v || '!'"_qs});
        add("nothing in one", {u"create table t(k integer primary key, v)"_qs, fill},
            {u"delete from t"_qs});
        add("composite key of texts",
            {u"create table t(a text not null, b text not null, v, primary key(b, a))"_qs,
             u"insert into t values ('x', 'y', 1), ('y', 'x', 2), ('\uFEFFx', '\U0001F600', 3), "
             "('\uFFFD', 'z', 4), ('', '', 5)"_qs},
            {u"update t set v = 0 where a = 'x'"_qs, u"insert into t values ('', 'ä', 6)"_qs});
        add("types that SQL calls equal",
            {u"create table t(k not null primary key, v)"_qs,
             u"insert into t values (1, 1), ('1', '1'), (x'31', x'31'), (2.5, 2)"_qs},
            {u"update t set v = 1.0 where k = 1"_qs, u"update t set v = x'31' where k = '1'"_qs,
             u"update t set v = 2.0 where k = 2.5"_qs});
        add("a key of another type", {u"create table t(k not null primary key, v)"_qs},
            {u"insert into t values (1, 1)"_qs});
        QTest::newRow("equal keys of other types")
            << QStringList{u"create table t(k blob not null primary key)"_qs,
                           u"insert into t values (7)"_qs}
            << QStringList{u"create table t(k blob not null primary key)"_qs,
                           u"insert into t values (7.0)"_qs};
        add("NULL in a primary key",
            {u"create table t(k text primary key, v)"_qs,
             u"insert into t values (null, 1), (null, 2), ('a', 3)"_qs},
            {u"update t set v = 4 where v = 2"_qs});
        add("a collation",
            {u"create table t(k integer primary key, v text collate nocase)"_qs,
             u"insert into t values (1, 'a')"_qs},
            {u"update t set v = 'A'"_qs});
        add("a collation of the key",
            {u"create table t(k text collate nocase not null primary key)"_qs,
             u"insert into t values ('a'), ('B'), ('c')"_qs},
            {u"delete from t where k = 'c'"_qs});
        add("a unique index",
            {u"create table t(v, k integer not null)"_qs, u"create unique index u on t(k)"_qs,
             u"insert into t values ('a', 1), ('b', 2)"_qs},
            {u"update t set v = 'c' where k = 2"_qs});
        add("no key", {u"create table t(v)"_qs, u"insert into t values (1), (1), (2)"_qs},
            {u"delete from t where v = 2"_qs});
        QTest::newRow("types declared otherwise")
            << QStringList{u"create table t(k integer primary key, v text)"_qs,
                           u"insert into t values (1, '2')"_qs}
            << QStringList{u"create table t(k integer primary key, v integer)"_qs,
                           u"insert into t values (1, 2)"_qs};
    }

    void whatSqliteFindsIsWhatTheMergeFinds()
    {
        QFETCH(const QStringList, a);
        QFETCH(const QStringList, b);
        const auto left = file(u"a"_qs, a);
        const auto right = file(u"b"_qs, b);
        for (const bool turned : {false, true}) {
            store::Connection &first = turned ? *right : *left, &second = turned ? *left : *right;
            const auto merged = compare(first, second, u"t"_qs);
            QList<RowDifference> wanted = m_rows;
            wanted.removeIf([](const RowDifference &row) { return row.kind == Kind::Same; });
            const auto found = compare(first, second, u"t"_qs, true);
            QCOMPARE(found.has_value(), merged.has_value());
            if (!found) {
                QCOMPARE(found.error(), merged.error());
                continue;
            }
            QCOMPARE(found->counts, merged->counts);
            QCOMPARE(m_rows.size(), wanted.size());
            for (qsizetype i = 0; i < wanted.size(); ++i)
                QVERIFY2(m_rows[i] == wanted[i], qPrintable(u"row %1"_qs.arg(i)));
        }
    }

    void filesThatNobodyWroteAreExact()
    {
        const QStringList table{
            u"create table t(k integer primary key, v)"_qs,
            u"insert into t with recursive c(n) as (select 1 union all select n+1 from c where n < "
            "25000) select n, n from c"_qs};
        const auto a = file(u"a"_qs, table);
        const auto b = file(u"b"_qs, table + QStringList{u"delete from t where k = 20000"_qs});
        const auto summary = compare(*a, *b, u"t"_qs, true);
        QVERIFY2(summary.has_value(), qPrintable(detail(summary)));
        QVERIFY(summary->isSamePosition());
        QCOMPARE(m_rows.size(), 1);
    }

    void inFlightIsNotTheSamePosition()
    {
        SqldNode primary;
        SqldNode replica(primary);
        primary.execute({u"create table t(k integer primary key, v)"_qs,
                         u"insert into t(v) values ('old')"_qs});
        auto a = node(primary);
        auto b = node(replica);
        const auto isEqual = [&] {
            const auto summary = compare(*a, *b, u"t"_qs);
            return summary.has_value() && summary->counts.isEqual() && summary->counts.same == 1
                   && summary->isSamePosition();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isEqual(), 15000);

        // A replica that follows nobody any more: what differs now is on its way, or would be.
        replica.pause();
        primary.execute({u"insert into t(v) values ('new')"_qs});
        primary.pause();
        replica.resume();
        primary.resume();
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const auto summary = compare(*a, *b, u"t"_qs);
                if (!summary.has_value())
                    return false;
                // Whatever is seen on the way: other rows are never called the same position.
                if (summary->isSamePosition() && !summary->counts.isEqual())
                    qFatal("a difference in flight was taken for a real one");
                return summary->counts.same == 2;
            }(),
            15000);
    }

    void aNodeThatGoesEndsTheComparison()
    {
        SqldNode primary;
        primary.execute({u"create table t(v)"_qs});
        auto a = node(primary);
        auto b = file(u"b"_qs, {u"create table t(v)"_qs});
        QVERIFY(compare(*a, *b, u"t"_qs).has_value());
        primary.stop();
        const auto summary = compare(*a, *b, u"t"_qs);
        QVERIFY(!summary.has_value());
        QCOMPARE(summary.error().kind, Error::Kind::Network);
    }

private:
    std::unique_ptr<store::Connection> file(const QString &name, const QStringList &statements)
    {
        m_folders.push_back(std::make_unique<QTemporaryDir>());
        const QString path = m_folders.back()->filePath(name);
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_qs, path);
            database.setDatabaseName(path);
            if (!database.open())
                qFatal("no database");
            for (const QString &sql : statements) {
                QSqlQuery query(database);
                if (!query.exec(sql))
                    qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
            }
        }
        QSqlDatabase::removeDatabase(path);
        return open(path);
    }

    std::unique_ptr<store::Connection> node(const SqldNode &sqld)
    {
        return open(sqld.url().toString());
    }

    std::unique_ptr<store::Connection> open(const QString &text)
    {
        store::ConnectionOptions options;
        options.readOnly = true;
        options.deadlineMilliseconds = 3000;
        return std::make_unique<store::Connection>(*store::Source::parse(text), options, m_clock);
    }

    Result<TableDiffSummary> compare(store::Connection &a, store::Connection &b,
                                     const QString &table, bool onlyDifferences = false)
    {
        m_rows.clear();
        std::optional<Result<TableDiffSummary>> result;
        TableDiff diff(a, b, table);
        diff.setOnlyDifferences(onlyDifferences);
        connect(&diff, &TableDiff::rows, this,
                [this](const QList<RowDifference> &rows) { m_rows += rows; });
        connect(&diff, &TableDiff::finished, this,
                [&result](const Result<TableDiffSummary> &summary) { result = summary; });
        diff.start();
        if (!QTest::qWaitFor([&result] { return result.has_value(); }, 15000))
            return Error{.kind = Error::Kind::Internal, .step = {}, .detail = u"no end"_qs};
        return *result;
    }

    static QString detail(const Result<TableDiffSummary> &summary)
    {
        return summary ? QString() : summary.error().detail;
    }

    SystemClock m_clock;
    std::vector<std::unique_ptr<QTemporaryDir>> m_folders;
    QList<RowDifference> m_rows;
};

QTEST_GUILESS_MAIN(TestTableDiff)
#include "tst_tablediff.moc"
