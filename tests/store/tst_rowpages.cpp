// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testdata.h"

#include <base/clock.h>
#include <store/connection.h>

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using store::TableInfo;

class TestRowPages : public QObject {
    Q_OBJECT

    SystemClock m_clock;
    QTemporaryDir m_folder;

    /// A file that the statements made.
    QString file(const QString &name, const QStringList &statements)
    {
        const QString path = m_folder.filePath(name);
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_qs, name);
            database.setDatabaseName(path);
            if (!database.open())
                qFatal("no database");
            for (const QString &sql : statements) {
                QSqlQuery query(database);
                if (!query.exec(sql))
                    qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
            }
            database.close();
        }
        QSqlDatabase::removeDatabase(name);
        return path;
    }

    TableInfo table(store::Connection &connection, const QString &name)
    {
        const auto tables = connection.tables().result();
        for (const TableInfo &info : *tables) {
            if (info.name == name)
                return info;
        }
        return {};
    }

    /// All rows by pages of `limit`.
    QList<QVariantList> all(store::Connection &connection, const TableInfo &info, int limit)
    {
        QList<QVariantList> rows;
        QVariantList after;
        for (int page = 0; page < 10'000; ++page) {
            const auto answer =
                connection.rows({.table = info, .after = after, .limit = limit}).result();
            if (!answer)
                qFatal("%s", qPrintable(answer.error().detail));
            rows += answer->rows;
            if (answer->last)
                return rows;
            after = store::keyOf(info, rows.last());
        }
        qFatal("the pages do not end");
    }

private slots:
    void findsKeys()
    {
        store::Connection connection(*store::Source::parse(test::oracleDatabase()),
                                     {.token = {}, .readOnly = true}, m_clock);
        const auto tables = connection.tables().result();
        QVERIFY(tables);
        QCOMPARE(tables->size(), 15);
        QCOMPARE(table(connection, u"flags"_qs).key, QStringList({u"namespace_key"_qs, u"key"_qs}));
        QCOMPARE(table(connection, u"rule_segments"_qs).key,
                 QStringList({u"rule_id"_qs, u"namespace_key"_qs, u"segment_key"_qs}));
        QCOMPARE(table(connection, u"schema_migrations"_qs).key, QStringList({u"version"_qs}));
        QCOMPARE(table(connection, u"variants"_qs).columns.first(), u"id"_qs);
        QCOMPARE(table(connection, u"variants"_qs).key, QStringList({u"id"_qs}));
    }

    void pagesGiveEveryRowOnce_data()
    {
        QTest::addColumn<QString>("create");
        QTest::addColumn<QStringList>("key");
        QTest::newRow("integer key")
            << u"CREATE TABLE t (a INTEGER PRIMARY KEY, b)"_qs << QStringList{u"a"_qs};
        QTest::newRow("two columns")
            << u"CREATE TABLE t (a, b, PRIMARY KEY (b, a))"_qs << QStringList{u"b"_qs, u"a"_qs};
        QTest::newRow("unique index with NULL")
            << u"CREATE TABLE t (a, b, UNIQUE (b, a))"_qs << QStringList{u"b"_qs, u"a"_qs};
        QTest::newRow("no key") << u"CREATE TABLE t (a, b)"_qs << QStringList();
        QTest::newRow("odd names")
            << u"CREATE TABLE t (\"a\"\"x\", \"select\")"_qs << QStringList();
    }
    void pagesGiveEveryRowOnce()
    {
        QFETCH(QString, create);
        QStringList statements{create};
        const bool hasKey = create.contains(u"PRIMARY KEY");
        for (int i = 0; i < 50; ++i) {
            const QString b = i % 7 == 0 && !hasKey ? u"NULL"_qs : u"'v%1'"_qs.arg(i % 5);
            const QString a = i % 11 == 0 && !hasKey ? u"NULL"_qs
                              : hasKey               ? QString::number(i)
                                       : QString::number(i / (create.contains(u"UNIQUE") ? 1 : 4));
            statements.append(u"INSERT INTO t VALUES (%1, %2)"_qs.arg(a, b));
        }
        if (!hasKey) {
            for (int i = 0; i < 12; ++i)
                statements.append(u"INSERT INTO t VALUES (NULL, NULL)"_qs);
        }
        const QString path = file(QString::fromLatin1(QTest::currentDataTag()), statements);
        store::Connection connection(*store::Source::parse(path), {.token = {}, .readOnly = true},
                                     m_clock);
        const TableInfo info = table(connection, u"t"_qs);
        QTEST(info.key, "key");
        const QList<QVariantList> whole = all(connection, info, 1000);
        QCOMPARE(whole.size(), statements.size() - 1);
        for (const int limit : {1, 2, 3, 7, 49, 50, 62})
            QCOMPARE(all(connection, info, limit), whole);
    }

    void hidesSecrets()
    {
        const QString path = file(
            u"secret.db"_qs,
            {u"CREATE TABLE authentications (id PRIMARY KEY, hashed_client_token UNIQUE, x)"_qs,
             u"INSERT INTO authentications VALUES ('1', 'hash-of-a-token', 2), ('2', NULL, 3)"_qs});
        store::Connection connection(*store::Source::parse(path), {.token = {}, .readOnly = true},
                                     m_clock);
        const auto rows = all(connection, table(connection, u"authentications"_qs), 1);
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0][1].toString(), u"(hidden)"_qs);
        QVERIFY(rows[1][1].isNull());
        QCOMPARE(rows[1][2].toInt(), 3);
    }

    void filtersByText()
    {
        const QString path = file(
            u"filter.db"_qs, {u"CREATE TABLE t (a INTEGER PRIMARY KEY, b, c)"_qs,
                              u"INSERT INTO t VALUES (1, 'Red fox', NULL), (2, NULL, '50% off'), "
                              "(3, 'a_b', 7), (4, 'axb', 'x')"_qs});
        store::Connection connection(*store::Source::parse(path), {.token = {}, .readOnly = true},
                                     m_clock);
        const TableInfo info = table(connection, u"t"_qs);
        const auto keys = [&](const QString &text) {
            QVariantList found;
            store::RowRequest request{.table = info, .after = {}, .limit = 1, .contains = text};
            while (true) {
                const auto page = connection.rows(request).result();
                if (!page)
                    qFatal("%s", qPrintable(page.error().detail));
                for (const QVariantList &row : page->rows)
                    found.append(row.first());
                if (page->last)
                    return found;
                request.after = store::keyOf(info, page->rows.last());
            }
        };
        QCOMPARE(keys(u"FOX"_qs), QVariantList{1LL});
        QCOMPARE(keys(u"0% o"_qs), QVariantList{2LL}); // no pattern, but a text
        QCOMPARE(keys(u"a_b"_qs), QVariantList{3LL});
        QCOMPARE(keys(u"7"_qs), QVariantList{3LL});
        QCOMPARE(keys({}).size(), 4);
        QVERIFY(keys(u"nowhere"_qs).isEmpty());
    }

    void refusesARequestThatDoesNotFit()
    {
        const QString path = file(u"plain.db"_qs, {u"CREATE TABLE t (a PRIMARY KEY)"_qs});
        store::Connection connection(*store::Source::parse(path), {.token = {}, .readOnly = true},
                                     m_clock);
        const TableInfo info = table(connection, u"t"_qs);
        QVERIFY(!connection.rows({.table = info, .after = {1, 2}, .limit = 1}).result());
        QVERIFY(!connection.rows({.table = {}, .after = {}, .limit = 1}).result());
        const auto missing =
            connection
                .rows({.table = {.name = u"u"_qs, .columns = {u"a"_qs}, .key = {u"a"_qs}},
                       .after = {},
                       .limit = 1})
                .result();
        QVERIFY(!missing);
        QCOMPARE(missing.error().kind, Error::Kind::Schema);
        QVERIFY(missing.error().step.contains(u"\"u\""));
    }
};

QTEST_GUILESS_MAIN(TestRowPages)
#include "tst_rowpages.moc"
