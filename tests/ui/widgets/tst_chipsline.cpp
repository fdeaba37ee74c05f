// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/chipsline.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestChipsLine : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;

private slots:
    void wrapsAndReadsAsASentence()
    {
        widgets::ChipsLine line(m_appearance);
        line.setChips({u"beta-users"_qs, u"eu"_qs}, u"AND"_qs);
        QCOMPARE(line.accessibleName(), u"beta-users AND eu"_qs);
        const int oneLine = line.heightForWidth(600);
        QVERIFY(line.heightForWidth(60) > oneLine);
        // One text wider than the line is cut, it does not make the line wider.
        line.setChips({QString(500, u'x')});
        QCOMPARE(line.heightForWidth(200), oneLine);
    }

    void isAsHighAsALineWhenEmpty()
    {
        widgets::ChipsLine line(m_appearance);
        line.setChips({});
        QVERIFY(line.heightForWidth(100) > 0);
    }
};

QTEST_MAIN(TestChipsLine)
#include "tst_chipsline.moc"
