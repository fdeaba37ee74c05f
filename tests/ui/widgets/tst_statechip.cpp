// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/statechip.h>

#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestStateChip : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;

private slots:
    void saysItsStateInWords()
    {
        widgets::StateChip chip(m_appearance);
        chip.setState(theme::State::Late, u"replica-1"_qs, u"stalled"_qs, u"No frame for 9 s."_qs);
        QCOMPARE(chip.accessibleName(), u"replica-1, stalled"_qs);
        QVERIFY(chip.toolTip().contains(u"No frame for 9 s."_qs));
    }

    void widthOnlyGrows()
    {
        widgets::StateChip chip(m_appearance);
        chip.setState(theme::State::Ok, u"replica-1  1042"_qs, u"in sync"_qs);
        const int wide = chip.sizeHint().width();
        chip.setState(theme::State::Ok, u"replica-1  7"_qs, u"in sync"_qs);
        QCOMPARE(chip.sizeHint().width(), wide);
        chip.resetWidth();
        QVERIFY(chip.sizeHint().width() < wide);
    }

    void isPressedByMouseAndKey()
    {
        widgets::StateChip chip(m_appearance);
        chip.setState(theme::State::Ok, u"primary"_qs, u"in sync"_qs);
        chip.show();
        QSignalSpy clicked(&chip, &widgets::StateChip::clicked);
        QTest::mouseClick(&chip, Qt::LeftButton);
        QTest::keyClick(&chip, Qt::Key_Return);
        QCOMPARE(clicked.count(), 2);
    }
};

QTEST_MAIN(TestStateChip)
#include "tst_statechip.moc"
