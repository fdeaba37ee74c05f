// SPDX-License-Identifier: GPL-3.0-or-later
#include <flipt/address.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestAddress : public QObject {
    Q_OBJECT

private slots:
    void readsAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("url");
        QTest::newRow("flipt+http")
            << u"flipt+http://127.0.0.1:8080"_qs << u"http://127.0.0.1:8080"_qs;
        QTest::newRow("https") << u" FLIPT+https://flipt.example/ "_qs
                               << u"https://flipt.example"_qs;
        QTest::newRow("path") << u"http://host/a%2Fb//?q#f"_qs << u"http://host/a%2Fb"_qs;
        QTest::newRow("no scheme") << u"127.0.0.1:8080"_qs << QString();
        QTest::newRow("no host") << u"flipt+http://"_qs << QString();
        QTest::newRow("other scheme") << u"ftp://host"_qs << QString();
        QTest::newRow("password") << u"http://user:secret@host"_qs << QString();
        QTest::newRow("nonsense") << u"http://[::1"_qs << QString();
        QTest::newRow("empty") << QString() << QString();
    }
    void readsAddresses()
    {
        QFETCH(QString, text);
        QFETCH(QString, url);
        const auto result = flipt::parseAddress(text);
        QCOMPARE(result.has_value(), !url.isEmpty());
        if (result)
            QCOMPARE(result->toString(QUrl::FullyEncoded), url);
        else
            QVERIFY(!result.error().detail.contains(u"secret"));
    }
};

QTEST_GUILESS_MAIN(TestAddress)
#include "tst_address.moc"
