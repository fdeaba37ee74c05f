// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/source.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using store::Source;

namespace {

void touch(const QString &path)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

} // namespace

class TestSource : public QObject {
    Q_OBJECT

private slots:
    void readsUrls_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("url");
        QTest::newRow("http") << u"http://127.0.0.1:8080"_qs << u"http://127.0.0.1:8080"_qs;
        QTest::newRow("https") << u"https://edge.example:8443/"_qs
                               << u"https://edge.example:8443/"_qs;
        QTest::newRow("libsql") << u"libsql://db.example"_qs << u"https://db.example"_qs;
        QTest::newRow("capitals") << u"HTTP://localhost:1"_qs << u"http://localhost:1"_qs;
    }
    void readsUrls()
    {
        QFETCH(QString, text);
        const auto source = Source::parse(text);
        QVERIFY(source);
        QCOMPARE(source->kind, Source::Kind::Node);
        QTEST(source->url.toString(), "url");
        QCOMPARE(source->text, text);
    }

    void refusesUrls_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"ftp://host/file", "http://", "http://user@host", "http://user:secret@host",
              "libsql://db.example?authToken=secret", "http://host/#secret", "postgres://host/db",
              "http://ho st", "http://host:99999"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void refusesUrls()
    {
        QFETCH(QString, text);
        const auto source = Source::parse(text);
        QVERIFY(!source);
        QCOMPARE(source.error().kind, Error::Kind::Input);
        QVERIFY(!source.error().detail.isEmpty());
        // What may be a password or a token must not come back in a message.
        QVERIFY(!source.error().step.contains(u"secret"));
        QVERIFY(!source.error().detail.contains(u"secret"));
    }

    void tellsFilesFromDataDirectories()
    {
        QTemporaryDir folder;
        const QDir top(folder.path());
        for (const char *path :
             {"node/metastore/data", "node/dbs/default/data", "node/dbs/default/wallog",
              "node/dbs/team/data", "node/dbs/team/client_wal_index", "plain.db", "lonely/data"})
            touch(top.filePath(QString::fromLatin1(path)));
        const auto kindOf = [&](const QString &path) {
            const auto source = Source::parse(top.filePath(path));
            return source
                       ? std::optional(std::pair(source->kind, top.relativeFilePath(source->path)))
                       : std::nullopt;
        };
        using Kind = Source::Kind;
        QCOMPARE(kindOf(u"node"_qs),
                 std::optional(std::pair(Kind::DataDirectory, u"node/dbs/default/data"_qs)));
        QCOMPARE(kindOf(u"node/dbs/team"_qs),
                 std::optional(std::pair(Kind::DataDirectory, u"node/dbs/team/data"_qs)));
        QCOMPARE(kindOf(u"node/dbs/team/data"_qs),
                 std::optional(std::pair(Kind::DataDirectory, u"node/dbs/team/data"_qs)));
        QCOMPARE(kindOf(u"plain.db"_qs), std::optional(std::pair(Kind::File, u"plain.db"_qs)));
        QCOMPARE(kindOf(u"new.db"_qs), std::optional(std::pair(Kind::File, u"new.db"_qs)));
        QCOMPARE(kindOf(u"lonely/data"_qs),
                 std::optional(std::pair(Kind::File, u"lonely/data"_qs)));
        QVERIFY(!kindOf(u"lonely"_qs)); // a folder that is no data directory
        QVERIFY(!Source::parse(QString()));
    }
};

QTEST_GUILESS_MAIN(TestSource)
#include "tst_source.moc"
