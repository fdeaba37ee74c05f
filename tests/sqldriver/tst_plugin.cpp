// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/sqldnode.h>

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

/// A program that knows nothing of Edgewise and loads the driver by its name. It is not linked.
class TestPlugin : public QObject {
    Q_OBJECT

private:
    /// Standard output of a program that must end well.
    static QByteArray run(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_PLUGIN_PATH"_qs, QStringLiteral(EDGEWISE_PLUGINS));
        process.setProcessEnvironment(environment);
        process.start(program, arguments);
        if (!process.waitForFinished(240000) || process.exitCode() != 0)
            qFatal("%s: %s%s", qPrintable(program), process.readAllStandardError().constData(),
                   process.readAllStandardOutput().constData());
        return process.readAllStandardOutput();
    }

private slots:
    void loadsByName()
    {
        QCoreApplication::addLibraryPath(QStringLiteral(EDGEWISE_PLUGINS));
        QVERIFY(QSqlDatabase::isDriverAvailable(u"QLIBSQL"_qs));
        const test::SqldNode node;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QLIBSQL"_qs);
            database.setDatabaseName(node.url().toString());
            QVERIFY2(database.open(), qPrintable(database.lastError().text()));
            QSqlQuery query(database);
            QVERIFY(query.prepare(u"select ? || ' ' || :b"_qs));
            query.addBindValue(u"hello"_qs);
            query.addBindValue(u"world"_qs);
            QVERIFY2(query.exec() && query.next(), qPrintable(query.lastError().text()));
            QCOMPARE(query.value(0).toString(), u"hello world"_qs);
            QVERIFY(database.driver()->hasFeature(QSqlDriver::Transactions));
        }
        QSqlDatabase::removeDatabase(QLatin1StringView(QSqlDatabase::defaultConnection));
    }

    /// The example of the driver's page, built where nothing of this tree is.
    void anExampleOutsideTheTreeLoadsIt()
    {
        QTemporaryDir directory;
        const QString source = directory.filePath(u"source"_qs);
        const QString build = directory.filePath(u"build"_qs);
        QVERIFY(QDir().mkpath(source));
        for (const char *name : {"CMakeLists.txt", "main.cpp"}) {
            const QString file = QLatin1StringView(name);
            QVERIFY(QFile::copy(QStringLiteral(EDGEWISE_EXAMPLES "/libsql-query/") + file,
                                source + u'/' + file));
        }
        run(QStringLiteral(EDGEWISE_CMAKE),
            {u"-S"_qs, source, u"-B"_qs, build, u"-G"_qs, u"Ninja"_qs,
             QStringLiteral("-DCMAKE_CXX_COMPILER=" EDGEWISE_COMPILER),
             QStringLiteral("-DCMAKE_CXX_FLAGS=" EDGEWISE_FLAGS)});
        run(QStringLiteral(EDGEWISE_CMAKE), {u"--build"_qs, build});
        const QString program = build + u"/libsql-query"_qs;
        const test::SqldNode node;
        const QString url = node.url().toString();
        QCOMPARE(run(program, {url, u"create table t(a, b)"_qs}), "0 rows changed\n");
        QCOMPARE(run(program, {url, u"insert into t values(?, null)"_qs, u"it's"_qs}),
                 "1 rows changed\n");
        QCOMPARE(run(program, {url, u"select a, b, 1 + 1 from t"_qs}), "it's\tNULL\t2\n");
    }
};

QTEST_GUILESS_MAIN(TestPlugin)
#include "tst_plugin.moc"
