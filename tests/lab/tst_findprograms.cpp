// SPDX-License-Identifier: GPL-3.0-or-later
#include <lab/lab.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;

class TestFindPrograms : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_path = qgetenv("PATH");
        m_cache = qgetenv("XDG_CACHE_HOME");
        qputenv("PATH", QFile::encodeName(folder(u"path")));
        qputenv("XDG_CACHE_HOME", QFile::encodeName(folder(u"cache")));
    }

    void cleanup()
    {
        qputenv("PATH", m_path);
        if (m_cache.isEmpty())
            qunsetenv("XDG_CACHE_HOME");
        else
            qputenv("XDG_CACHE_HOME", m_cache);
    }

    void theSettingWins()
    {
        makeProgram(folder(u"path"), u"sqld");
        const QString own = makeProgram(folder(u"own"), u"my-sqld");
        const Result<QString> found = lab::findSqld(own);
        QVERIFY(found.has_value());
        QCOMPARE(*found, own);
    }

    void aSettingThatIsNoProgramIsNotReplaced()
    {
        makeProgram(folder(u"path"), u"sqld");
        const Result<QString> found = lab::findSqld(QStringLiteral("/nowhere/sqld"));
        QVERIFY(!found.has_value());
        QCOMPARE(found.error().kind, Error::Kind::NotFound);
        QVERIFY(found.error().detail.contains(u"/nowhere/sqld"));
    }

    void pathBeforeThePinnedCopy()
    {
        QVERIFY(!lab::findSqld().has_value());
        const QString pinned = makeProgram(folder(u"cache/edgewise/sqld-0.24.32"), u"sqld");
        QCOMPARE(lab::findSqld().value_or(QString()), pinned);
        const QString onPath = makeProgram(folder(u"path"), u"sqld");
        QCOMPARE(lab::findSqld().value_or(QString()), onPath);
    }

    void flipt()
    {
        const Result<QString> none = lab::findFlipt();
        QVERIFY(!none.has_value());
        QCOMPARE(none.error().kind, Error::Kind::NotFound);
        const QString onPath = makeProgram(folder(u"path"), u"flipt");
        QCOMPARE(lab::findFlipt().value_or(QString()), onPath);
    }

    void newDirectoriesAreNew()
    {
        qputenv("XDG_DATA_HOME", QFile::encodeName(folder(u"data")));
        const QString first = lab::newLabDirectory();
        QVERIFY(first.startsWith(folder(u"data")));
        QVERIFY(!QFile::exists(first));
        QVERIFY(QDir().mkpath(first));
        QVERIFY(lab::newLabDirectory() != first);
        qunsetenv("XDG_DATA_HOME");
    }

private:
    QString folder(QStringView name) const
    {
        return m_directory->path() + QLatin1Char('/') + name.toString();
    }

    static QString makeProgram(const QString &directory, QStringView name)
    {
        QDir().mkpath(directory);
        QFile file(directory + QLatin1Char('/') + name.toString());
        if (!file.open(QIODevice::WriteOnly))
            qFatal("%s", qPrintable(file.errorString()));
        file.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        return file.fileName();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QByteArray m_path;
    QByteArray m_cache;
};

QTEST_GUILESS_MAIN(TestFindPrograms)
#include "tst_findprograms.moc"
