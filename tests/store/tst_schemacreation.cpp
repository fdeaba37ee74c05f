// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testdata.h"

#include <base/clock.h>
#include <store/connection.h>
#include <store/schemacreation.h>

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using store::SchemaState;

namespace {

/// Runs statements on a SQLite file, apart from the code under test.
void run(const QString &path, const QStringList &statements)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"test"_qs);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        for (const QString &sql : statements) {
            QSqlQuery query(database);
            QVERIFY2(query.exec(sql), qPrintable(sql + query.lastError().text()));
        }
        database.close();
    }
    QSqlDatabase::removeDatabase(u"test"_qs);
}

QStringList masterTexts(const QString &path)
{
    QStringList texts;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"test"_qs);
        database.setDatabaseName(path);
        if (database.open()) {
            QSqlQuery query(u"SELECT type, name, tbl_name FROM sqlite_master ORDER BY 1, 2"_qs,
                            database);
            while (query.next())
                texts.append(query.value(0).toString() + query.value(1).toString()
                             + query.value(2).toString());
        }
        database.close();
    }
    QSqlDatabase::removeDatabase(u"test"_qs);
    return texts;
}

} // namespace

class TestSchemaCreation : public QObject {
    Q_OBJECT

    SystemClock m_clock;

    store::Connection connect(const QString &path, bool readOnly = false)
    {
        return store::Connection(*store::Source::parse(path), {.token = {}, .readOnly = readOnly},
                                 m_clock);
    }

private slots:
    void isTheSchemaThatFliptMakes()
    {
        QFile resource(u":/store/schema.sql"_qs);
        QVERIFY(!store::schemaStatements().isEmpty());
        QVERIFY(resource.open(QIODevice::ReadOnly));
        QCOMPARE(resource.readAll(), test::dataContent(u"schema.sql"_qs));
    }

    void splitsScripts()
    {
        QCOMPARE(store::splitScript(u"a; -- b; c\n 'd;--' ;\"e;\"\n;;f"_qs),
                 QStringList({u"a"_qs, u"'d;--'"_qs, u"\"e;\""_qs, u"f"_qs}));
    }

    void createsOnceInAnEmptyFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"new.db"_qs);
        store::Connection connection = connect(path);
        QCOMPARE(connection.schema().result()->kind, SchemaState::Kind::Empty);
        QVERIFY(!QFile::exists(path)); // asking creates nothing
        const auto missing = connection.read().result();
        QVERIFY(!missing);
        QCOMPARE(missing.error().kind, Error::Kind::NotFound);

        QVERIFY(connection.initialise().result());
        QCOMPARE(*connection.schema().result(),
                 (SchemaState{.kind = SchemaState::Kind::Current, .version = 15}));
        QVERIFY(connection.initialise().result());
        // All objects of a database that a Flipt made, and no others.
        QCOMPARE(masterTexts(path), masterTexts(test::oracleDatabase()));

        const auto reading = connection.read().result();
        QVERIFY(reading);
        QCOMPARE(reading->snapshot.namespaces.size(), size_t(1));
        QVERIFY(reading->snapshot.namespaces[0]->isProtected);
        QVERIFY(!reading->snapshot.namespaces[0]->stateModified);
    }

    void refusesWhatIsNotEmpty_data()
    {
        QTest::addColumn<QStringList>("statements");
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("readable");
        const QStringList schema = store::schemaStatements();
        const auto versioned = [&](const QString &set) {
            return schema + QStringList{u"UPDATE schema_migrations SET "_qs + set};
        };
        using Kind = SchemaState::Kind;
        const auto row = [](const char *name, const QStringList &sql, Kind kind, bool readable) {
            QTest::newRow(name) << sql << int(kind) << readable;
        };
        row("foreign", {u"CREATE TABLE notes (t)"_qs}, Kind::Foreign, false);
        row("dirty", versioned(u"dirty = 1"_qs), Kind::Dirty, true);
        row("newer", versioned(u"version = 16"_qs), Kind::Newer, true);
        row("older", versioned(u"version = 12"_qs), Kind::Older, true);
        row("too old", versioned(u"version = 10"_qs), Kind::TooOld, false);
        row("no version", schema + QStringList{u"DELETE FROM schema_migrations"_qs}, Kind::Dirty,
            true);
        row("no migrations", schema + QStringList{u"DROP TABLE schema_migrations"_qs}, Kind::Dirty,
            true);
    }
    void refusesWhatIsNotEmpty()
    {
        QFETCH(QStringList, statements);
        QFETCH(bool, readable);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"other.db"_qs);
        run(path, statements);
        const QStringList before = masterTexts(path);
        store::Connection connection = connect(path);
        QTEST(int(connection.schema().result()->kind), "kind");
        const auto created = connection.initialise().result();
        QVERIFY(!created);
        QCOMPARE(created.error().kind, Error::Kind::Schema);
        QCOMPARE(masterTexts(path), before);
        const auto reading = connection.read().result();
        QCOMPARE(reading.has_value(), readable);
        if (!reading)
            QCOMPARE(reading.error().kind, Error::Kind::Schema);
    }

    void neverWritesWhenReadOnly()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"new.db"_qs);
        const auto created = connect(path, true).initialise().result();
        QVERIFY(!created);
        QCOMPARE(created.error().kind, Error::Kind::ReadOnly);
        QVERIFY(!QFile::exists(path));
    }

    void saysThatAFileIsNoDatabase()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"text.db"_qs);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("This is a text and no database. ").repeated(100));
        file.close();
        store::Connection connection = connect(path);
        for (const Error &error :
             {connection.schema().result().error(), connection.read().result().error(),
              connection.tables().result().error()}) {
            QCOMPARE(error.kind, Error::Kind::Input);
            QVERIFY(error.step.contains(path));
            QVERIFY(error.detail.contains(u"not a SQLite database"));
        }
    }
};

QTEST_GUILESS_MAIN(TestSchemaCreation)
#include "tst_schemacreation.moc"
