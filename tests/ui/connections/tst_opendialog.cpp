// SPDX-License-Identifier: GPL-3.0-or-later
#include <connections/opendialog.h>
#include <connections/startpage.h>
#include <theme/appearance.h>
#include <ui/inputs.h>

#include <QAction>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestOpenDialog : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;

private slots:
    void judgesAddressesWhileTheyAreTyped()
    {
        connections::OpenDialog dialog(m_appearance, {});
        dialog.show();
        auto *primary = dialog.findChild<QLineEdit *>(u"openPrimary"_qs);
        auto *open = dialog.findChild<QPushButton *>(u"openAccept"_qs);
        auto *problem = dialog.findChild<QLabel *>(u"openProblem"_qs);
        QCOMPARE(test::inputFaults(dialog).join(u"; "_qs), QString());
        QVERIFY(!open->isEnabled());
        QTest::keyClicks(primary, u"gopher://nowhere"_qs);
        QVERIFY(!open->isEnabled());
        QVERIFY(!problem->text().isEmpty());
        primary->selectAll();
        QTest::keyClicks(primary, u"http://127.0.0.1:8080"_qs);
        QVERIFY(open->isEnabled());
        QVERIFY(problem->text().isEmpty());

        auto *replicas = dialog.findChild<QPlainTextEdit *>(u"openReplicas"_qs);
        QTest::keyClicks(replicas, u"http://127.0.0.1:8081"_qs);
        QTest::keyClick(replicas, Qt::Key_Return);
        QTest::keyClicks(replicas, u" http://127.0.0.1:8082 "_qs);
        QCOMPARE(dialog.addresses().primary, u"http://127.0.0.1:8080"_qs);
        QCOMPARE(dialog.addresses().replicas,
                 (QStringList{u"http://127.0.0.1:8081"_qs, u"http://127.0.0.1:8082"_qs}));
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        QTest::mouseClick(open, Qt::LeftButton);
        QCOMPARE(accepted.count(), 1);
    }

    void startPageOffersTheWaysIn()
    {
        QAction open(u"Open…"_qs);
        open.setObjectName(u"open"_qs);
        QAction lab(u"Start a lab"_qs);
        lab.setObjectName(u"lab"_qs);
        connections::StartPage page(m_appearance, &open, &lab);
        page.show();
        auto *recent = page.findChild<QListWidget *>(u"recentConnections"_qs);
        QVERIFY(!recent->isVisible());
        QSignalSpy opened(&open, &QAction::triggered);
        QTest::mouseClick(page.findChild<QPushButton *>(u"start_open"_qs), Qt::LeftButton);
        QCOMPARE(opened.count(), 1);

        page.setRecent({u"http://127.0.0.1:8080"_qs});
        QSignalSpy chosen(&page, &connections::StartPage::recentChosen);
        recent->setCurrentRow(0);
        QTest::keyClick(recent, Qt::Key_Return);
        QCOMPARE(chosen[0][0].toString(), u"http://127.0.0.1:8080"_qs);
    }
};

QTEST_MAIN(TestOpenDialog)
#include "tst_opendialog.moc"
