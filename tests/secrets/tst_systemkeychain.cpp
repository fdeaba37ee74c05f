// SPDX-License-Identifier: GPL-3.0-or-later
#include <secrets/systemkeychain.h>

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using secrets::Keychain;
using secrets::SystemKeychain;
using Kind = Keychain::Answer::Kind;

/// Runs itself again for the two desktops: with a private D-Bus session and gnome-keyring, and
/// without any session bus. What it does there is told by EDGEWISE_KEYCHAIN.
class TestSystemKeychain : public QObject {
    Q_OBJECT

private slots:
    void keepsInARealKeyring()
    {
        if (role() == "with") {
            SystemKeychain keychain(u"edgewise-test"_qs);
            const QByteArray secret("s\0cr\xFF\n\"et", 9);
            QCOMPARE(kindOf(keychain.read(u"http://a"_qs)), int(Kind::NotStored));
            QCOMPARE(kindOf(keychain.write(u"http://a"_qs, Token(secret))), int(Kind::Done));
            const auto read = wait(keychain.read(u"http://a"_qs));
            QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
            QCOMPARE(read->token, Token(secret));
            QCOMPARE(kindOf(keychain.read(u"http://b"_qs)), int(Kind::NotStored));
            QCOMPARE(kindOf(keychain.remove(u"http://a"_qs)), int(Kind::Done));
            QCOMPARE(kindOf(keychain.read(u"http://a"_qs)), int(Kind::NotStored));
            return;
        }
        if (QStandardPaths::findExecutable(u"gnome-keyring-daemon"_qs).isEmpty()
            || QStandardPaths::findExecutable(u"dbus-run-session"_qs).isEmpty())
            QSKIP("gnome-keyring or dbus-run-session is not installed");
        runAgain("with");
    }

    void isUnavailableWithoutADesktop()
    {
        if (role() == "without") {
            SystemKeychain keychain(u"edgewise-test"_qs);
            QCOMPARE(kindOf(keychain.read(u"http://a"_qs)), int(Kind::Unavailable));
            QCOMPARE(kindOf(keychain.write(u"http://a"_qs, Token("x"))), int(Kind::Unavailable));
            QCOMPARE(kindOf(keychain.remove(u"http://a"_qs)), int(Kind::Unavailable));
            return;
        }
        runAgain("without");
    }

private:
    static QByteArray role() { return qgetenv("EDGEWISE_KEYCHAIN"); }

    template <typename T>
    static T wait(const QFuture<T> &future)
    {
        [&] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000); }();
        return future.isFinished() ? future.result() : T(Error{});
    }

    static int kindOf(const QFuture<Result<Keychain::Answer>> &future)
    {
        const auto answer = wait(future);
        if (answer)
            return int(answer->kind);
        qWarning() << answer.error().detail;
        return -1;
    }

    void runAgain(const QByteArray &as)
    {
        QTemporaryDir home;
        QVERIFY(home.isValid());
        auto environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name :
             {u"DBUS_SESSION_BUS_ADDRESS"_qs, u"DISPLAY"_qs, u"XDG_CURRENT_DESKTOP"_qs})
            environment.remove(name);
        environment.insert(u"EDGEWISE_KEYCHAIN"_qs, QString::fromLatin1(as));
        environment.insert(u"HOME"_qs, home.path());
        environment.insert(u"XDG_RUNTIME_DIR"_qs, home.path());
        environment.insert(u"XDG_DATA_HOME"_qs, home.path());
        // Libraries outside of this program leak at the exit; what this test is about runs here.
        environment.insert(u"ASAN_OPTIONS"_qs, u"detect_leaks=0"_qs);

        QProcess process;
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        const QString self = QCoreApplication::applicationFilePath();
        const QString function =
            as == "with" ? u"keepsInARealKeyring"_qs : u"isUnavailableWithoutADesktop"_qs;
        if (as == "with") {
            const QString script =
                u"echo -n password | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
                u" && \"$0\" \"$1\""_qs;
            process.start(u"dbus-run-session"_qs,
                          {u"--"_qs, u"sh"_qs, u"-c"_qs, script, self, function});
        } else {
            process.start(self, {function});
        }
        QVERIFY(process.waitForStarted());
        QVERIFY2(process.waitForFinished(60'000), "the inner test does not end");
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
                 process.readAll().constData());
    }
};

QTEST_GUILESS_MAIN(TestSystemKeychain)
#include "tst_systemkeychain.moc"
