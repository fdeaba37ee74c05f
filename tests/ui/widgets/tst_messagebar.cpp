// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/emptystate.h>
#include <widgets/messagebar.h>

#include <QAction>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestMessageBar : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;

private slots:
    void tellsWhatAndWhyAndOffersRemedies()
    {
        QWidget page;
        QVBoxLayout layout(&page);
        widgets::MessageBar bar(m_appearance);
        layout.addWidget(&bar);
        page.show();
        QVERIFY(!bar.isVisible());

        QAction retry(u"Try again"_qs);
        retry.setObjectName(u"retry"_qs);
        QSignalSpy retried(&retry, &QAction::triggered);
        bar.showMessage({theme::State::Bad, u"The <b>primary</b> does not answer."_qs,
                         u"Connection refused."_qs},
                        {&retry});
        QVERIFY(bar.isVisible());
        QCOMPARE(bar.findChild<QLabel *>(u"messageWhat"_qs)->text(),
                 u"The <b>primary</b> does not answer."_qs);
        QCOMPARE(bar.findChild<QLabel *>(u"messageWhat"_qs)->textFormat(), Qt::PlainText);
        QTest::mouseClick(bar.findChild<QPushButton *>(u"remedy_retry"_qs), Qt::LeftButton);
        QCOMPARE(retried.count(), 1);

        bar.showMessage({theme::State::Ok, u"Saved."_qs, {}});
        QVERIFY(!bar.findChild<QLabel *>(u"messageWhy"_qs)->isVisible());
        QTRY_VERIFY(!bar.findChild<QPushButton *>(u"remedy_retry"_qs));

        QSignalSpy cleared(&bar, &widgets::MessageBar::cleared);
        QTest::mouseClick(bar.findChild<QToolButton *>(u"messageClose"_qs), Qt::LeftButton);
        QCOMPARE(cleared.count(), 1);
        QVERIFY(!bar.isVisible());
        QVERIFY(!bar.hasMessage());
    }

    void emptyStateOffersTheFirstStep()
    {
        widgets::EmptyState state(m_appearance, u"flag"_qs);
        QAction create(u"Create flag"_qs);
        QSignalSpy created(&create, &QAction::triggered);
        state.setContent(u"Flags live here."_qs, &create);
        state.show();
        auto *button = state.findChild<QPushButton *>(u"emptyButton"_qs);
        QCOMPARE(button->text(), u"Create flag"_qs);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(created.count(), 1);
        state.setContent(u"Nothing matches."_qs);
        QTRY_VERIFY(!state.findChild<QPushButton *>(u"emptyButton"_qs));
    }
};

QTEST_MAIN(TestMessageBar)
#include "tst_messagebar.moc"
