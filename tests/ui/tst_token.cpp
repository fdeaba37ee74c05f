// SPDX-License-Identifier: GPL-3.0-or-later
#include <edgewise/shell.h>
#include <secrets/systemkeychain.h>
#include <secrets/tokenstore.h>
#include <settings/settings.h>
#include <support/constants.h>
#include <support/sqldnode.h>
#include <theme/appearance.h>
#include <window/mainwindow.h>

#include <QFile>
#include <QLineEdit>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::patience;
using test::systemClock;

namespace {

// A key that signs nothing but this test, and what it signed: full access, without an end.
const QByteArray publicKey = "-----BEGIN PUBLIC KEY-----\n"
                             "MCowBQYDK2VwAyEAlb0j3KPGFUh68wrpz/RoXiuDqkQ+EmWFWs8u5J9MQTg=\n"
                             "-----END PUBLIC KEY-----\n";
const QByteArray signedToken =
    "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.eyJhIjoicncifQ."
    "lmkcDGj-ITK0wL68hrg7Z4UnlYoe-MlxrPXVr4d-jxbFn7wH0S4-M_LUPHxqYnuH6e6J25oqf0C08aLVQOqcAQ";

} // namespace

/// A node that wants a token, on a desktop with a keychain and on one without. Runs itself again
/// for both; which one it is told by EDGEWISE_KEYCHAIN.
class TestToken : public QObject {
    Q_OBJECT

    static QByteArray role() { return qgetenv("EDGEWISE_KEYCHAIN"); }

    /// One start of the program. True when it asked for the token, which was then typed.
    static void start(const test::SqldNode &node, settings::Settings &settings, bool &asked)
    {
        theme::Appearance appearance;
        window::MainWindow mainWindow(appearance);
        secrets::SystemKeychain keychain(u"edgewise-test"_qs);
        secrets::TokenStore tokens(keychain);
        Options options;
        options.primary = node.url().toString();
        Shell shell(options, mainWindow, appearance, settings, systemClock, nullptr, &tokens);
        shell.start();
        mainWindow.show();
        mainWindow.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&mainWindow));
        const auto field = [&] { return mainWindow.findChild<QLineEdit *>(u"tokenTyped"_qs); };
        const auto isRead = [&] {
            return shell.session() && shell.session()->workspace().primary().hasReading();
        };
        QTRY_VERIFY_WITH_TIMEOUT(field() || isRead(), patience);
        asked = field() != nullptr;
        if (asked) {
            QCOMPARE(field()->echoMode(), QLineEdit::Password);
            QTest::keyClicks(field(), QString::fromLatin1(signedToken));
            QTest::keyClick(field(), Qt::Key_Return);
        }
        QTRY_VERIFY_WITH_TIMEOUT(isRead(), patience);
    }

    static void startTwice(bool asksAgain)
    {
        QTemporaryDir directory;
        const QString keyFile = directory.filePath(u"key.pem"_qs);
        QFile file(keyFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(publicKey);
        file.close();
        const test::SqldNode node({u"--auth-jwt-key-file"_qs, keyFile});
        const auto source = store::Source::parse(node.url().toString());
        store::Connection connection(*source, {.token = Token(signedToken)}, systemClock);
        const auto done = connection.initialise();
        QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), patience);
        QVERIFY(done.result());

        const QString settingsFile = directory.filePath(u"edgewise.ini"_qs);
        settings::Settings settings(settingsFile);
        bool asked = false;
        start(node, settings, asked);
        QVERIFY(asked);
        start(node, settings, asked);
        QCOMPARE(asked, asksAgain);
        settings.sync();
        QFile kept(settingsFile);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QVERIFY(!kept.readAll().contains(signedToken));
    }

    void runAgain(const QByteArray &as, const QString &function)
    {
        QTemporaryDir home;
        auto environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name :
             {u"DBUS_SESSION_BUS_ADDRESS"_qs, u"DISPLAY"_qs, u"XDG_CURRENT_DESKTOP"_qs})
            environment.remove(name);
        environment.insert(u"EDGEWISE_KEYCHAIN"_qs, QString::fromLatin1(as));
        environment.insert(u"EDGEWISE_SQLD"_qs, test::sqldProgram());
        environment.insert(u"HOME"_qs, home.path());
        environment.insert(u"XDG_RUNTIME_DIR"_qs, home.path());
        environment.insert(u"XDG_DATA_HOME"_qs, home.path());
        // Libraries outside of this program leak at the exit; what this test is about runs here.
        environment.insert(u"ASAN_OPTIONS"_qs, u"detect_leaks=0"_qs);
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        const QString self = QCoreApplication::applicationFilePath();
        if (as == "with")
            process.start(u"dbus-run-session"_qs,
                          {u"--"_qs, u"sh"_qs, u"-c"_qs,
                           u"echo -n password | gnome-keyring-daemon --unlock --components=secrets "
                           u">/dev/null && \"$0\" \"$1\""_qs,
                           self, function});
        else
            process.start(self, {function});
        QVERIFY(process.waitForStarted());
        QVERIFY2(process.waitForFinished(100'000), "the inner test does not end");
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
                 process.readAll().constData());
    }

private slots:
    void isKeptInTheKeychain()
    {
        if (role() == "with")
            return startTwice(false);
        if (QStandardPaths::findExecutable(u"gnome-keyring-daemon"_qs).isEmpty()
            || QStandardPaths::findExecutable(u"dbus-run-session"_qs).isEmpty())
            QSKIP("gnome-keyring or dbus-run-session is not installed");
        runAgain("with", u"isKeptInTheKeychain"_qs);
    }

    void isAskedForEachTimeWithoutAKeychain()
    {
        if (role() == "without")
            return startTwice(true);
        runAgain("without", u"isAskedForEachTimeWithoutAKeychain"_qs);
    }
};

QTEST_MAIN(TestToken)
#include "tst_token.moc"
