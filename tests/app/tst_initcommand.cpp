// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <support/sqldnode.h>

#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;

namespace {
const QString init = QStringLiteral("init");
const QString versionQuery = QStringLiteral("select version, dirty from schema_migrations");
} // namespace

class tst_InitCommand : public QObject {
    Q_OBJECT
private slots:
    void createsTheSchemaOnce()
    {
        test::SqldNode node;
        const QString url = node.url().toString();
        for (int i = 0; i < 2; ++i) { // the second time there is nothing to do
            const auto run = test::runCli({init, url});
            QVERIFY2(run.exitCode == 0, run.errors.constData());
            QCOMPARE(test::rows(node, versionQuery),
                     (QList<QStringList>{{QStringLiteral("15"), QStringLiteral("0")}}));
        }
        QCOMPARE(test::rows(node, QStringLiteral("select key, protected from namespaces")),
                 (QList<QStringList>{{QStringLiteral("default"), QStringLiteral("1")}}));
    }

    void createsAFile()
    {
        const QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("new.db"));
        QCOMPARE(test::runCli({init, path}).exitCode, 0);
        const auto list = test::runCli(
            {QStringLiteral("list"), path, QStringLiteral("namespaces"), QStringLiteral("--json")});
        QCOMPARE(list.exitCode, 0);
        QCOMPARE(list.objects().size(), 1);
        QCOMPARE(list.objects().at(0)[u"key"].toString(), QStringLiteral("default"));
    }

    void leavesForeignTablesAlone()
    {
        test::SqldNode node;
        node.execute({QStringLiteral("create table customers(id integer primary key)")});
        const auto run = test::runCli({init, node.url().toString()});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(test::isOneSentence(run.errors), run.errors.constData());
        QCOMPARE(test::rows(node, QStringLiteral("select count(*) from sqlite_master where name "
                                                 "not like 'sqlite%' and name not like 'libsql%'")),
                 (QList<QStringList>{{QStringLiteral("1")}}));
    }

    void refusesADocument()
    {
        const auto run = test::runCli({init, QStringLiteral("features.yml")});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(test::isOneSentence(run.errors), run.errors.constData());
    }
};

QTEST_GUILESS_MAIN(tst_InitCommand)
#include "tst_initcommand.moc"
