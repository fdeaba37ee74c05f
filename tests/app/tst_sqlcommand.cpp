// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <support/sqldnode.h>

#include <QDir>
#include <QDirIterator>
#include <QTest>

using namespace edgewise;

namespace {

const QString sql = QStringLiteral("sql");

/// Every file of a directory with its content, to see that a read changed nothing.
QMap<QString, QByteArray> contentOf(const QString &directory)
{
    QMap<QString, QByteArray> content;
    QDirIterator files(directory, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            content.insert(file.fileName(), file.readAll());
    }
    return content;
}

} // namespace

class tst_SqlCommand : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<test::SqldNode> m_node;
    QString url() const { return m_node->url().toString(); }

    static void expectEqual(const QMap<QString, QByteArray> &now,
                            const QMap<QString, QByteArray> &before)
    {
        QCOMPARE(now.keys(), before.keys());
        for (auto file = before.begin(); file != before.end(); ++file)
            QVERIFY2(now[file.key()] == file.value(), qPrintable(file.key()));
    }

private slots:
    void initTestCase()
    {
        m_node = std::make_unique<test::SqldNode>();
        m_node->execute({QStringLiteral("create table t(id integer primary key, v)"),
                         QStringLiteral("insert into t values (1, 'a,b'), (2, null)")});
    }

    void printsRows()
    {
        const QString statement = QStringLiteral("select id, v from t order by id");
        const auto text = test::runCli({sql, url(), statement});
        QVERIFY2(text.exitCode == 0, text.errors.constData());
        QCOMPARE(text.output, QByteArray("id\tv\n1\ta,b\n2\tNULL\n"));
        const auto csv = test::runCli({sql, url(), statement, QStringLiteral("--csv")});
        QCOMPARE(csv.output, QByteArray("id,v\n1,\"a,b\"\n2,\n"));
        const auto json = test::runCli({sql, url(), statement, QStringLiteral("--json")});
        QCOMPARE(json.output, QByteArray("{\"id\":1,\"v\":\"a,b\"}\n{\"id\":2,\"v\":null}\n"));
        const auto none =
            test::runCli({sql, url(), QStringLiteral("select id from t where id > 9")});
        QCOMPARE(none.output, QByteArray("id\n"));
    }

    void writesOnlyWhenTold()
    {
        const QString insertion = QStringLiteral("insert into t values (3, 'new')");
        const auto refused = test::runCli({sql, url(), insertion});
        QCOMPARE(refused.exitCode, 2);
        QVERIFY2(test::isOneSentence(refused.errors), refused.errors.constData());
        QVERIFY(refused.errors.contains("--write"));
        QCOMPARE(test::rows(*m_node, QStringLiteral("select count(*) from t")).first().first(),
                 QStringLiteral("2"));
        const auto written = test::runCli({sql, url(), insertion, QStringLiteral("--write")});
        QVERIFY2(written.exitCode == 0, written.errors.constData());
        QCOMPARE(test::rows(*m_node, QStringLiteral("select count(*) from t")).first().first(),
                 QStringLiteral("3"));
        QCOMPARE(test::runCli({sql, url(), QStringLiteral("delete from t where id = 3"),
                               QStringLiteral("--write")})
                     .exitCode,
                 0);
    }

    void readsADataDirectoryWithoutATrace()
    {
        const QString directory = m_node->directory();
        const QStringList arguments{sql, directory, QStringLiteral("select count(*) from t")};
        // Beside the server, which may end a connection of its own meanwhile and so write its
        // shared memory: that does not happen every time, as a trace of ours would.
        QMap<QString, QByteArray> before;
        QMap<QString, QByteArray> after;
        for (int attempt = 0; attempt < 5 && (before.isEmpty() || before != after); ++attempt) {
            before = contentOf(directory);
            QVERIFY(before.size() > 3);
            const auto running = test::runCli(arguments);
            QVERIFY2(running.exitCode == 0, running.errors.constData());
            QCOMPARE(running.output, QByteArray("count(*)\n2\n"));
            after = contentOf(directory);
            QCOMPARE(after.keys(), before.keys());
        }
        expectEqual(after, before);
        m_node->stop();
        const auto stopped = contentOf(directory);
        const auto cold = test::runCli(arguments);
        QCOMPARE(cold.output, QByteArray("count(*)\n2\n"));
        expectEqual(contentOf(directory), stopped);
        const auto refused = test::runCli(
            {sql, directory, QStringLiteral("delete from t"), QStringLiteral("--write")});
        QCOMPARE(refused.exitCode, 2);
        expectEqual(contentOf(directory), stopped);
        m_node->start();
    }

    void namesWhatIsWrong()
    {
        for (const QStringList &arguments :
             {QStringList{url(), QStringLiteral("select nowhere from t")},
              QStringList{url(), QStringLiteral("select 1; select 2")},
              QStringList{QStringLiteral("features.yml"), QStringLiteral("select 1")},
              QStringList{QStringLiteral("http://127.0.0.1:1"), QStringLiteral("select 1")}}) {
            const auto run = test::runCli(QStringList{sql} + arguments);
            QCOMPARE(run.exitCode, 2);
            QVERIFY2(test::isOneSentence(run.errors), run.errors.constData());
            QVERIFY(run.output.isEmpty());
        }
    }

    void neverShowsTokenHashes()
    {
        m_node->execute({QStringLiteral("create table authentications(id, hashed_client_token)"),
                         QStringLiteral("insert into authentications values ('1', 's3cr3t')")});
        for (const QString &statement :
             {QStringLiteral("select * from authentications"),
              QStringLiteral("select upper(hashed_client_token) from authentications")}) {
            const auto run = test::runCli({sql, url(), statement});
            QCOMPARE(run.exitCode, 2);
            QVERIFY(!run.output.toLower().contains("s3cr3t"));
        }
    }
};

QTEST_GUILESS_MAIN(tst_SqlCommand)
#include "tst_sqlcommand.moc"
