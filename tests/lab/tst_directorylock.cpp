// SPDX-License-Identifier: GPL-3.0-or-later
#include <lab/directorylock.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace edgewise;
using namespace edgewise::lab;

class TestDirectoryLock : public QObject {
    Q_OBJECT
private slots:
    void keepsASecondOneOut()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("a/b"));
        auto first = DirectoryLock::take(path);
        QVERIFY(first.has_value());

        const auto second = DirectoryLock::take(path);
        QVERIFY(!second.has_value());
        QCOMPARE(second.error().kind, Error::Kind::Conflict);
        QVERIFY2(second.error().detail.contains(QString::number(::getpid())),
                 qPrintable(second.error().detail));

        first->reset();
        QVERIFY(DirectoryLock::take(path).has_value());
    }

    void sameFolderByAnotherName()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("a"));
        const QString link = directory.filePath(QStringLiteral("b"));
        const auto first = DirectoryLock::take(path);
        QVERIFY(first.has_value());
        QVERIFY(QFile::link(path, link));
        QVERIFY(!DirectoryLock::take(link).has_value());
    }

    void aPathThatIsNoFolder()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("file"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto lock = DirectoryLock::take(path);
        QVERIFY(!lock.has_value());
        QCOMPARE(lock.error().kind, Error::Kind::Input);
    }
};

QTEST_GUILESS_MAIN(TestDirectoryLock)
#include "tst_directorylock.moc"
