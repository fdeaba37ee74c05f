// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/keyfromname.h>
#include <flags/newflagdialog.h>
#include <theme/appearance.h>
#include <ui/inputs.h>

#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestNewFlagDialog : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    std::unique_ptr<flagspage::NewFlagDialog> m_dialog;

    QLineEdit *field(const QString &name) { return m_dialog->findChild<QLineEdit *>(name); }
    QPushButton *create() { return m_dialog->findChild<QPushButton *>(u"newFlagCreate"_qs); }
    QString problem() { return m_dialog->findChild<QLabel *>(u"newFlagProblem"_qs)->text(); }

private slots:
    void init()
    {
        auto nameSpace = std::make_shared<flags::Namespace>();
        nameSpace->key = NamespaceKey(u"default"_qs);
        nameSpace->name = u"Default"_qs;
        auto taken = std::make_shared<flags::Flag>();
        taken->key = FlagKey(u"banner-text"_qs);
        taken->name = u"Banner text"_qs;
        nameSpace->flags.push_back(taken);
        m_dialog = std::make_unique<flagspage::NewFlagDialog>(m_appearance, nameSpace);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }

    void makesKeysOfNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("key");
        QTest::newRow("words") << u"Quiet hours"_qs << u"quiet-hours"_qs;
        QTest::newRow("edges") << u"  -- Quiet   hours! "_qs << u"quiet-hours"_qs;
        QTest::newRow("accents") << u"Élan vital"_qs << u"elan-vital"_qs;
        QTest::newRow("underscore") << u"a_b"_qs << u"a_b"_qs;
        QTest::newRow("no letter") << u"静かな"_qs << QString();
    }
    void makesKeysOfNames()
    {
        QFETCH(QString, name);
        QTEST(flags::keyFromName(name), "key");
    }

    void keyFollowsTheNameUntilItIsEdited()
    {
        QTest::keyClicks(field(u"newFlagName"_qs), u"Quiet hours"_qs);
        QCOMPARE(field(u"newFlagKey"_qs)->text(), u"quiet-hours"_qs);
        QVERIFY(create()->isEnabled());
        QTest::keyClicks(field(u"newFlagKey"_qs), u" x"_qs);
        QCOMPARE(field(u"newFlagKey"_qs)->text(), u"quiet-hours-x"_qs);
        QTest::keyClicks(field(u"newFlagName"_qs), u" at home"_qs);
        QCOMPARE(field(u"newFlagKey"_qs)->text(), u"quiet-hours-x"_qs);
    }

    void refusesWhatFliptRefuses()
    {
        QVERIFY(!create()->isEnabled());
        QTest::keyClicks(field(u"newFlagName"_qs), u"Banner text"_qs);
        QVERIFY(!create()->isEnabled());
        QVERIFY(problem().contains(u"banner-text"_qs));
        QTest::keyClicks(field(u"newFlagKey"_qs), u".2"_qs);
        QVERIFY(!create()->isEnabled());
        QVERIFY(!problem().isEmpty());
        QTest::keyClick(field(u"newFlagKey"_qs), Qt::Key_Backspace);
        QTest::keyClick(field(u"newFlagKey"_qs), Qt::Key_Backspace);
        QTest::keyClicks(field(u"newFlagKey"_qs), u"2"_qs);
        QVERIFY2(create()->isEnabled(), qPrintable(problem()));
        QVERIFY(problem().isEmpty());
    }

    void everyInputIsNamedAndReached() { QCOMPARE(test::inputFaults(*m_dialog), QStringList()); }

    void givesTheFlag()
    {
        QTest::keyClicks(field(u"newFlagName"_qs), u"Quiet hours"_qs);
        QTest::keyClicks(field(u"newFlagDescription"_qs), u"No mail"_qs);
        QTest::mouseClick(m_dialog->findChild<QRadioButton *>(u"newFlagBoolean"_qs), Qt::LeftButton,
                          {}, QPoint(8, 8));
        QSignalSpy accepted(m_dialog.get(), &QDialog::accepted);
        QTest::keyClick(field(u"newFlagName"_qs), Qt::Key_Return);
        QCOMPARE(accepted.count(), 1);
        const flags::Flag flag = m_dialog->flag();
        QCOMPARE(flag.key.text(), u"quiet-hours"_qs);
        QCOMPARE(flag.name, u"Quiet hours"_qs);
        QCOMPARE(flag.description, u"No mail"_qs);
        QCOMPARE(flag.type, int(flags::BooleanFlag));
        QVERIFY(!flag.enabled);
    }
};

QTEST_MAIN(TestNewFlagDialog)
#include "tst_newflagdialog.moc"
