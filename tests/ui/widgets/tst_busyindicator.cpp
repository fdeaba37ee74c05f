// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/busyindicator.h>

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestBusyIndicator : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;

private slots:
    void appearsOnlyForALongWait()
    {
        widgets::BusyIndicator busy(m_appearance);
        busy.start(u"Reading"_qs);
        QVERIFY(busy.isBusy());
        QVERIFY(!busy.isVisible());
        busy.stop();
        busy.start(u"Reading"_qs, true);
        QTRY_VERIFY(busy.isVisible());
        QSignalSpy cancelled(&busy, &widgets::BusyIndicator::cancelRequested);
        QTest::mouseClick(busy.findChild<QPushButton *>(u"busyCancel"_qs), Qt::LeftButton);
        QCOMPARE(cancelled.count(), 1);
        busy.stop();
        QVERIFY(!busy.isVisible());
    }
};

QTEST_MAIN(TestBusyIndicator)
#include "tst_busyindicator.moc"
