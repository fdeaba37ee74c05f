// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/proxy.h>

#include <QNetworkProxy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestProxy : public QObject {
    Q_OBJECT

private slots:
    void readsEveryKind()
    {
        QCOMPARE(Proxy::parse(u"none"_qs)->as<QNetworkProxy>().type(), QNetworkProxy::NoProxy);
        const auto http = Proxy::parse(u"http://[::1]:3128/"_qs);
        QVERIFY(http);
        QCOMPARE(http->as<QNetworkProxy>(),
                 QNetworkProxy(QNetworkProxy::HttpProxy, u"::1"_qs, 3128));
        const auto socks = Proxy::parse(u"socks5://gate.example:1080"_qs);
        QVERIFY(socks);
        QCOMPARE(socks->as<QNetworkProxy>(),
                 QNetworkProxy(QNetworkProxy::Socks5Proxy, u"gate.example"_qs, 1080));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("named");
        for (const QString &text :
             {QString(), u"somewhere"_qs, u"http://host"_qs, u"http://:1"_qs, u"https://host:1"_qs,
              u"http://host:1/path"_qs, u"http://host:1?query"_qs, u"http://host:99999"_qs})
            QTest::addRow("%s", qPrintable(text)) << text << u"http://host:port"_qs;
        QTest::newRow("password") << u"http://me:secret@host:1"_qs << u"password"_qs;
        QTest::newRow("password, and no port") << u"http://me:secret@host"_qs << u"password"_qs;
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, text);
        QFETCH(QString, named);
        const auto proxy = Proxy::parse(text);
        QVERIFY(!proxy);
        QCOMPARE(proxy.error().kind, Error::Kind::Input);
        QVERIFY2(proxy.error().detail.contains(named), qPrintable(proxy.error().detail));
        QVERIFY(!proxy.error().detail.contains(u"secret"));
    }
};

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
