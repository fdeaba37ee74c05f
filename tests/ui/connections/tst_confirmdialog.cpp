// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/inputs.h>

#include <connections/confirmdialog.h>
#include <theme/appearance.h>

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestConfirmDialog : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    std::unique_ptr<connections::ConfirmDialog> m_dialog;

    QPushButton *accept() const { return m_dialog->findChild<QPushButton *>(u"confirmAccept"_qs); }
    QLineEdit *typed() const { return m_dialog->findChild<QLineEdit *>(u"confirmTyped"_qs); }

private slots:
    void init()
    {
        m_dialog = std::make_unique<connections::ConfirmDialog>(
            m_appearance,
            connections::ConfirmDialog::Question{u"Save 1 change"_qs, u"It is production."_qs,
                                                 u"Europe"_qs, u"Save"_qs});
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }

    void wantsTheWord()
    {
        QSignalSpy accepted(m_dialog.get(), &QDialog::accepted);
        QCOMPARE(accept()->text(), u"Save"_qs);
        QVERIFY(typed()->hasFocus());
        QTest::keyClicks(typed(), u"Europa"_qs);
        QVERIFY(!accept()->isEnabled());
        QTest::keyClick(typed(), Qt::Key_Return);
        QCOMPARE(accepted.count(), 0);
        QTest::keyClick(typed(), Qt::Key_Backspace);
        QTest::keyClicks(typed(), u"e"_qs);
        QVERIFY(accept()->isEnabled());
        QTest::keyClick(typed(), Qt::Key_Return);
        QCOMPARE(accepted.count(), 1);
    }

    void isLeftByEscape()
    {
        QSignalSpy rejected(m_dialog.get(), &QDialog::rejected);
        QTest::keyClick(typed(), Qt::Key_Escape);
        QCOMPARE(rejected.count(), 1);
    }

    void isNamedAndReached() { QCOMPARE(test::inputFaults(*m_dialog), QStringList()); }
};

QTEST_MAIN(TestConfirmDialog)
#include "tst_confirmdialog.moc"
