// SPDX-License-Identifier: GPL-3.0-or-later
#include <settings/connectionsettings.h>
#include <settings/settings.h>

#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using settings::ConnectionSettings;
using settings::Settings;

class TestConnectionSettings : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    const ConnectionSettings m_europe{.primary = u"https://eu.example:8080"_qs,
                                      .name = u"Europe"_qs,
                                      .replicas = {u"http://a:1"_qs, u"http://b:2"_qs},
                                      .flipts = {u"http://f:8080"_qs},
                                      .environment = u"production"_qs,
                                      .authoritiesFile = u"/etc/edge.pem"_qs,
                                      .proxy = u"socks5://127.0.0.1:1080"_qs};

private slots:
    void areKeptByThePrimary()
    {
        const QString file = m_directory.filePath(u"kept.ini"_qs);
        {
            Settings settings(file);
            settings::keep(settings, m_europe);
        }
        const Settings settings(file);
        QCOMPARE(settings::connectionSettings(settings, m_europe.primary), m_europe);
        const ConnectionSettings other =
            settings::connectionSettings(settings, u"http://other:1"_qs);
        QCOMPARE(other.primary, u"http://other:1"_qs);
        QVERIFY(other.replicas.isEmpty() && other.environment.isEmpty());
    }

    void areForgotten()
    {
        Settings settings(m_directory.filePath(u"forgotten.ini"_qs));
        settings.rememberConnection(m_europe.primary);
        settings::keep(settings, m_europe);
        settings::forgetConnection(settings, m_europe.primary);
        QVERIFY(settings.value(settings::recentConnections).isEmpty());
        QVERIFY(settings::connectionSettings(settings, m_europe.primary).name.isEmpty());
    }

    void anUnknownEnvironmentIsNone()
    {
        Settings settings(m_directory.filePath(u"unknown.ini"_qs));
        ConnectionSettings odd = m_europe;
        odd.environment = u"moon"_qs;
        settings::keep(settings, odd);
        QVERIFY(settings::connectionSettings(settings, odd.primary).environment.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestConnectionSettings)
#include "tst_connectionsettings.moc"
