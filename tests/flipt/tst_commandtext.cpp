// SPDX-License-Identifier: GPL-3.0-or-later
#include <flipt/commandtext.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>
#include <QUrl>

using namespace edgewise;
using namespace Qt::StringLiterals;
using flipt::FlagKind;

/// What a real shell makes of the commands.
class TestCommandText : public QObject {
    Q_OBJECT

    const QUrl m_base{u"http://127.0.0.1:8080/"_qs, QUrl::StrictMode};

    static flipt::Request request()
    {
        return {NamespaceKey(u"team-a"_qs),
                FlagKey(u"new-checkout"_qs),
                u"user 42; it's \"me\" $HOME `id`"_qs,
                {{u"plan"_qs, u"a=b\nc"_qs}, {u"-city"_qs, u"北京 🙂"_qs}}};
    }
    static QStringList words(const QString &command)
    {
        QProcess shell;
        shell.start(u"/bin/sh"_qs, {u"-c"_qs, u"FLIPT_TOKEN='s p'; printf '%s\\0' "_qs + command});
        if (!shell.waitForFinished(30'000) || shell.exitCode() != 0)
            return {};
        QStringList all = QString::fromUtf8(shell.readAllStandardOutput()).split(QChar(u'\0'));
        all.removeLast();
        return all;
    }

private slots:
    void quotesWhatTheShellWouldRead_data()
    {
        QTest::addColumn<QString>("text");
        for (const auto &text :
             {u"plain-1.2"_qs, u""_qs, u"two words"_qs, u"it's"_qs, u"'"_qs, u"$HOME"_qs,
              u"a\\b"_qs, u"*"_qs, u"~"_qs, u"a\nb"_qs, u"!x"_qs, u"é שלום 🙂"_qs})
            QTest::addRow("%s", qPrintable(text)) << text;
    }
    void quotesWhatTheShellWouldRead()
    {
        QFETCH(QString, text);
        QCOMPARE(words(flipt::shellWord(text)), QStringList{text});
    }

    void asksByCurl()
    {
        const QStringList made = words(flipt::curlCommand(m_base, request(), FlagKind::Variant));
        QCOMPARE(made.value(0), u"curl"_qs);
        QVERIFY(made.contains(u"http://127.0.0.1:8080/evaluate/v1/variant"_qs));
        QVERIFY(made.contains(u"Content-Type: application/json"_qs));
        const QJsonObject body = QJsonDocument::fromJson(made.constLast().toUtf8()).object();
        QCOMPARE(body[u"namespaceKey"_qs].toString(), u"team-a"_qs);
        QCOMPARE(body[u"flagKey"_qs].toString(), u"new-checkout"_qs);
        QCOMPARE(body[u"entityId"_qs].toString(), request().entity);
        QCOMPARE(body[u"context"_qs][u"-city"_qs].toString(), u"北京 🙂"_qs);
        QVERIFY(words(flipt::curlCommand(m_base, request(), FlagKind::Boolean))
                    .contains(u"http://127.0.0.1:8080/evaluate/v1/boolean"_qs));
    }

    void asksByFliptEvaluate()
    {
        const Result<QString> command = flipt::evaluateCommand(m_base, request());
        QVERIFY(command);
        const QStringList expected{u"flipt"_qs,
                                   u"evaluate"_qs,
                                   u"--address=http://127.0.0.1:8080"_qs,
                                   u"--namespace=team-a"_qs,
                                   u"--entity-id="_qs + request().entity,
                                   u"--context=-city=北京 🙂"_qs,
                                   u"--context=plan=a=b\nc"_qs,
                                   u"--"_qs,
                                   u"new-checkout"_qs};
        QCOMPARE(words(*command), expected);
    }

    void namesTheTokensVariable()
    {
        const QString curl = flipt::curlCommand(m_base, request(), FlagKind::Variant, true);
        QVERIFY(words(curl).contains(u"Authorization: Bearer s p"_qs));
        const Result<QString> evaluate = flipt::evaluateCommand(m_base, request(), true);
        QVERIFY(evaluate);
        QVERIFY(words(*evaluate).contains(u"--token=s p"_qs));
    }

    void refusesNamesThatTheCommandWouldPart()
    {
        flipt::Request faulty = request();
        faulty.context.insert(u"a=b"_qs, u"c"_qs);
        const Result<QString> command = flipt::evaluateCommand(m_base, faulty);
        QVERIFY(!command);
        QCOMPARE(command.error().kind, Error::Kind::Input);
        QVERIFY(!flipt::curlCommand(m_base, faulty, FlagKind::Variant).isEmpty());
    }

    void nothingSaidIsTheDefaultNamespace()
    {
        flipt::Request plain = request();
        plain.nameSpace = {};
        QVERIFY(words(*flipt::evaluateCommand(m_base, plain)).contains(u"--namespace=default"_qs));
    }
};

QTEST_GUILESS_MAIN(TestCommandText)
#include "tst_commandtext.moc"
