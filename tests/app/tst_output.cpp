// SPDX-License-Identifier: GPL-3.0-or-later
#include <cli/output.h>

#include <QTemporaryFile>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace edgewise;

class tst_Output : public QObject {
    Q_OBJECT
private slots:
    void writesEverythingInOrder()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        QByteArray expected;
        {
            cli::Output output(file.handle());
            for (int i = 0; i < 50000; ++i) {
                const QByteArray text = QByteArray::number(i);
                output.line(text);
                expected += text + '\n';
            }
            QVERIFY(!output.isBroken());
        }
        QFile written(file.fileName());
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll(), expected);
    }

    void noticesThatTheReaderHasGone()
    {
        std::signal(SIGPIPE, SIG_IGN);
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        ::close(ends[0]);
        cli::Output output(ends[1]);
        output.line("nobody reads this");
        output.flush();
        QVERIFY(output.isBroken());
        QCOMPARE(output.error(), EPIPE);
        output.line("nor this"); // returns, and does not grow
        ::close(ends[1]);
    }

    void noticesAFullDisk()
    {
        const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
        QVERIFY(full >= 0);
        cli::Output output(full);
        output.line("x");
        output.flush();
        QCOMPARE(output.error(), ENOSPC);
        ::close(full);
    }
};

QTEST_GUILESS_MAIN(tst_Output)
#include "tst_output.moc"
