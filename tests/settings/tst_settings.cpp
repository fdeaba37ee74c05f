// SPDX-License-Identifier: GPL-3.0-or-later
#include <settings/settings.h>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using settings::Settings;

class TestSettings : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    QString m_file = m_directory.filePath(u"edgewise.ini"_qs);

    void write(const QByteArray &content)
    {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QByteArray content()
    {
        QFile file(m_file);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void init() { QFile::remove(m_file); }

    void keepsValues()
    {
        {
            Settings settings(m_file);
            QCOMPARE(settings.value(settings::theme), u"system"_qs);
            settings.setValue(settings::theme, u"dark"_qs);
            settings.setValue(settings::windowGeometry, QByteArray("\0\1\xff", 3));
            settings.setValue(settings::recentConnections, QStringList{u"http://a:1"_qs});
        }
        const Settings settings(m_file);
        QCOMPARE(settings.value(settings::theme), u"dark"_qs);
        QCOMPARE(settings.value(settings::windowGeometry), QByteArray("\0\1\xff", 3));
        QCOMPARE(settings.value(settings::recentConnections), QStringList{u"http://a:1"_qs});
    }

    void tellsPartsApart()
    {
        Settings settings(m_file);
        settings.setValue(settings::lastNamespace, u"shop"_qs, u"http://127.0.0.1:8080"_qs);
        settings.setValue(settings::lastNamespace, u"mail"_qs, u"/data/flipt.db"_qs);
        QCOMPARE(settings.value(settings::lastNamespace, u"http://127.0.0.1:8080"_qs), u"shop"_qs);
        QCOMPARE(settings.value(settings::lastNamespace, u"/data/flipt.db"_qs), u"mail"_qs);
        QCOMPARE(settings.value(settings::lastNamespace, u"elsewhere"_qs), u"default"_qs);
    }

    void keepsWhatItDoesNotKnow()
    {
        write("[window]\ntheme=light\nsparkle=9\n\n[future]\nthing=@Variant(7)\n");
        {
            Settings settings(m_file);
            settings.setValue(settings::theme, u"dark"_qs);
        }
        QVERIFY(content().contains("sparkle=9"));
        QVERIFY(content().contains("[future]"));
        QVERIFY(content().contains("theme=dark"));
    }

    void readsNonsenseAsTheFallback()
    {
        write("[window]\ntheme=purple\nreducedMotion=perhaps\ndensity=\n\n"
              "[connections]\nrecent=\n\n[replication]\nsamplingMilliseconds=soon\n");
        const Settings settings(m_file);
        QCOMPARE(settings.value(settings::theme), u"system"_qs);
        QCOMPARE(settings.value(settings::density), u"comfortable"_qs);
        QCOMPARE(settings.value(settings::reducedMotion), false);
        QCOMPARE(settings.value(settings::samplingInterval), 1000);
    }

    void refusesNumbersOutOfRange()
    {
        write("[replication]\nsamplingMilliseconds=0\n");
        QCOMPARE(Settings(m_file).value(settings::samplingInterval), 1000);
    }

    void keepsTextsThatLookLikeSyntax()
    {
        const QStringList list{u"a, b"_qs, u"grün \\ 🎉"_qs, u"\"=;%"_qs};
        {
            Settings settings(m_file);
            settings.setValue(settings::recentConnections, list);
            settings.setValue(settings::sqldProgram, u"/opt/with, comma/sqld"_qs);
            settings.setValue(settings::samplingInterval, 250);
            settings.setValue(settings::reducedMotion, true);
        }
        const Settings settings(m_file);
        QCOMPARE(settings.value(settings::recentConnections), list);
        QCOMPARE(settings.value(settings::sqldProgram), u"/opt/with, comma/sqld"_qs);
        QCOMPARE(settings.value(settings::samplingInterval), 250);
        QCOMPARE(settings.value(settings::reducedMotion), true);
    }

    void tellsChangesOnce()
    {
        Settings settings(m_file);
        QSignalSpy spy(&settings, &Settings::changed);
        settings.setValue(settings::theme, u"system"_qs); // is the fallback already
        QCOMPARE(spy.size(), 0);
        settings.setValue(settings::theme, u"dark"_qs);
        settings.setValue(settings::theme, u"dark"_qs);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first(), (QVariantList{QString(settings::theme.key), QString()}));
        settings.setValue(settings::lastNamespace, u"shop"_qs, u"a"_qs);
        QCOMPARE(spy.last(), (QVariantList{QString(settings::lastNamespace.key), u"a"_qs}));
    }

    void remembersTenConnections()
    {
        Settings settings(m_file);
        for (int i = 0; i < 12; ++i)
            settings.rememberConnection(u"file-%1"_qs.arg(i));
        settings.rememberConnection(u"file-5"_qs);
        const QStringList recent = settings.value(settings::recentConnections);
        QCOMPARE(recent.size(), 10);
        QCOMPARE(recent.mid(0, 2), (QStringList{u"file-5"_qs, u"file-11"_qs}));
        QCOMPARE(recent.count(u"file-5"_qs), 1);
    }

    void theFallbackIsNotWritten()
    {
        {
            Settings settings(m_file);
            settings.setValue(settings::theme, u"dark"_qs);
            settings.setValue(settings::theme, u"system"_qs);
        }
        QVERIFY(!content().contains("theme"));
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
