// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/toggle.h>

#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestToggle : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;

private slots:
    void turnsByMouseAndKey()
    {
        widgets::ToggleSwitch toggle(m_appearance);
        toggle.setWords(u"enabled"_qs, u"disabled"_qs);
        QSignalSpy toggled(&toggle, &QAbstractButton::toggled);
        toggle.show();
        QTest::mouseClick(&toggle, Qt::LeftButton);
        QVERIFY(toggle.isChecked());
        QTest::keyClick(&toggle, Qt::Key_Space);
        QVERIFY(!toggle.isChecked());
        QCOMPARE(toggled.count(), 2);
    }

    void widthIsThatOfTheLongerWord()
    {
        widgets::ToggleSwitch toggle(m_appearance);
        toggle.setWords(u"on"_qs, u"switched off"_qs);
        const QSize off = toggle.sizeHint();
        toggle.setChecked(true);
        QCOMPARE(toggle.sizeHint(), off);
    }

    void delegateTurnsTheCell()
    {
        QStandardItemModel model(2, 1);
        auto *first = new QStandardItem;
        first->setCheckable(true);
        model.setItem(0, 0, first);
        auto *fixed = new QStandardItem;
        model.setItem(1, 0, fixed);
        fixed->setData(Qt::Unchecked, Qt::CheckStateRole);

        QTableView view;
        view.setItemDelegate(new widgets::ToggleDelegate(m_appearance, &view));
        view.setModel(&model);
        view.setColumnWidth(0, 120);
        view.show();
        const QRect cell = view.visualRect(model.index(0, 0));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, cell.center());
        QCOMPARE(first->checkState(), Qt::Checked);
        // Beside the switch a click only selects.
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, cell.topLeft() + QPoint(2, 2));
        QCOMPARE(first->checkState(), Qt::Checked);
        view.setCurrentIndex(model.index(0, 0));
        QTest::keyClick(view.viewport(), Qt::Key_Space);
        QCOMPARE(first->checkState(), Qt::Unchecked);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {},
                          view.visualRect(model.index(1, 0)).center());
        QCOMPARE(model.index(1, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    }
};

QTEST_MAIN(TestToggle)
#include "tst_toggle.moc"
