// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/bucketbar.h>
#include <flags/flageditor.h>
#include <theme/appearance.h>
#include <widgets/keylabel.h>
#include <widgets/toggle.h>

#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestFlagEditor : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    std::unique_ptr<flagspage::FlagEditor> m_editor;
    QList<flags::Flag> m_edits;

    static flags::Flag quietHours()
    {
        flags::Flag flag;
        flag.key = FlagKey(u"quiet-hours"_qs);
        flag.name = u"Quiet hours"_qs;
        flag.description = u"No mail at night"_qs;
        flag.type = flags::BooleanFlag;
        flag.rollouts.resize(1);
        flag.rollouts[0].threshold = flags::Threshold{{}, 25, true};
        return flag;
    }
    static std::shared_ptr<const flags::Flag> share(flags::Flag flag)
    {
        return std::make_shared<const flags::Flag>(std::move(flag));
    }

private slots:
    void init()
    {
        m_edits.clear();
        m_editor = std::make_unique<flagspage::FlagEditor>(m_appearance);
        connect(m_editor.get(), &flagspage::FlagEditor::edited, this,
                [this](const flags::Flag &flag) { m_edits.append(flag); });
        m_editor->resize(600, 600);
        m_editor->setFlag(share(quietHours()));
        m_editor->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_editor.get()));
    }

    void showsTheFlag()
    {
        QCOMPARE(m_editor->findChild<widgets::KeyLabel *>(u"flagKey"_qs)->key(), u"quiet-hours"_qs);
        QCOMPARE(m_editor->findChild<QLineEdit *>(u"flagName"_qs)->text(), u"Quiet hours"_qs);
        QVERIFY(!m_editor->findChild<widgets::ToggleSwitch *>(u"flagEnabled"_qs)->isChecked());
        QCOMPARE(m_editor->findChildren<flagspage::BucketBar *>().size(), 1);
        QVERIFY(m_edits.isEmpty());
    }

    void tellsTypingWhenItPauses()
    {
        auto *name = m_editor->findChild<QLineEdit *>(u"flagName"_qs);
        QTest::keyClick(name, Qt::Key_End);
        QTest::keyClicks(name, u"!"_qs);
        QVERIFY(m_edits.isEmpty());
        QTRY_COMPARE(m_edits.size(), 1);
        QCOMPARE(m_edits[0].name, u"Quiet hours!"_qs);
        QCOMPARE(m_edits[0].rollouts, quietHours().rollouts);
    }

    void tellsTypingWhenTheFlagIsLeft()
    {
        QTest::keyClicks(m_editor->findChild<QPlainTextEdit *>(u"flagDescription"_qs), u"x"_qs);
        flags::Flag other = quietHours();
        other.key = FlagKey(u"other"_qs);
        m_editor->setFlag(share(other));
        QCOMPARE(m_edits.size(), 1);
        QCOMPARE(m_edits[0].key.text(), u"quiet-hours"_qs);
        QCOMPARE(m_edits[0].description, u"xNo mail at night"_qs);
    }

    void turnsAtOnce()
    {
        QTest::mouseClick(m_editor->findChild<widgets::ToggleSwitch *>(u"flagEnabled"_qs),
                          Qt::LeftButton);
        QCOMPARE(m_edits.size(), 1);
        QVERIFY(m_edits[0].enabled);
    }

    void somebodyElsesChangeLeavesTypingAlone()
    {
        auto *name = m_editor->findChild<QLineEdit *>(u"flagName"_qs);
        QTest::keyClick(name, Qt::Key_End);
        QTest::keyClicks(name, u" at home"_qs);
        flags::Flag theirs = quietHours();
        theirs.rollouts[0].threshold->percentage = 50;
        m_editor->setFlag(share(theirs));
        QCOMPARE(name->text(), u"Quiet hours at home"_qs);
        QTRY_COMPARE(m_edits.size(), 1);
        QCOMPARE(m_edits[0].name, u"Quiet hours at home"_qs);
        QCOMPARE(m_edits[0].rollouts[0].threshold->percentage, 50.0);
    }

    void problemsAndLockAreShown()
    {
        m_editor->setProblems({u"Rollout 1 is never reached."_qs});
        QVERIFY(m_editor->findChild<QLabel *>(u"flagProblems"_qs)->isVisible());
        m_editor->setReadOnly(true);
        auto *name = m_editor->findChild<QLineEdit *>(u"flagName"_qs);
        QTest::keyClicks(name, u"x"_qs);
        QCOMPARE(name->text(), u"Quiet hours"_qs);
        QVERIFY(m_edits.isEmpty());
    }
};

QTEST_MAIN(TestFlagEditor)
#include "tst_flageditor.moc"
