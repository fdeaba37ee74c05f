// SPDX-License-Identifier: GPL-3.0-or-later
#include <cli/exitcode.h>

#include <QTest>

using namespace edgewise;

class tst_ExitCode : public QObject {
    Q_OBJECT
private slots:
    void everyErrorHasItsCode_data()
    {
        QTest::addColumn<Error::Kind>("kind");
        QTest::addColumn<int>("code");
        QTest::newRow("input") << Error::Kind::Input << 2;
        QTest::newRow("network") << Error::Kind::Network << 2;
        QTest::newRow("schema") << Error::Kind::Schema << 2;
        QTest::newRow("constraint") << Error::Kind::Constraint << 2;
        QTest::newRow("cancelled") << Error::Kind::Cancelled << 2;
        QTest::newRow("conflict") << Error::Kind::Conflict << 3;
        QTest::newRow("unknown") << Error::Kind::Unknown << 4;
    }

    void everyErrorHasItsCode()
    {
        QFETCH(const Error::Kind, kind);
        QFETCH(const int, code);
        Error error;
        error.kind = kind;
        QCOMPARE(int(cli::exitCodeOf(error)), code);
    }
};

QTEST_GUILESS_MAIN(tst_ExitCode)
#include "tst_exitcode.moc"
