// SPDX-License-Identifier: GPL-3.0-or-later
#include <settings/settings.h>

#include <QFile>
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
        write("[window]\ntheme=purple\n\n[connections]\nrecent=\n");
        const Settings settings(m_file);
        QCOMPARE(settings.value(settings::theme), u"system"_qs);
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
