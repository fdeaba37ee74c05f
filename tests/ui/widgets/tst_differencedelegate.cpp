// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/differencedelegate.h>

#include <QStandardItemModel>
#include <QTest>
#include <QTreeView>

using namespace edgewise;
using namespace Qt::StringLiterals;
using widgets::Difference;

class TestDifferenceDelegate : public QObject {
    Q_OBJECT

private slots:
    void paintsGroundGutterAndOutline()
    {
        theme::Appearance appearance;
        appearance.choose(theme::Scheme::Light);
        QStandardItemModel model(4, 2);
        for (int row = 0; row < 4; ++row)
            for (int column = 0; column < 2; ++column)
                model.setItem(row, column, new QStandardItem(u"x"_qs));
        QTreeView view;
        view.setRootIsDecorated(false);
        view.setFocusPolicy(Qt::NoFocus);
        view.setItemDelegate(new widgets::DifferenceDelegate(
            appearance,
            [](const QModelIndex &index) {
                return widgets::DifferenceDelegate::Look{static_cast<Difference>(index.row()),
                                                         index.row() == 3 && index.column() == 1};
            },
            &view));
        view.setModel(&model);
        view.resize(300, 200);
        view.show();
        const QImage image = view.viewport()->grab().toImage();
        const auto colourAt = [&](int row, int column, QPoint fromTopRight) {
            const QRect cell = view.visualRect(model.index(row, column));
            return image.pixelColor(cell.topRight() + fromTopRight).rgb();
        };
        const theme::Tokens &tokens = appearance.tokens();
        QCOMPARE(colourAt(0, 0, {-5, 5}), tokens.surface.rgb());
        QCOMPARE(colourAt(1, 0, {-5, 5}), tokens.added.rgb());
        QCOMPARE(colourAt(2, 0, {-5, 5}), tokens.removed.rgb());
        QCOMPARE(colourAt(3, 0, {-5, 5}), tokens.changed.rgb());
        QCOMPARE(colourAt(3, 1, {-10, 1}), tokens.warn.rgb());
        QVERIFY(colourAt(3, 0, {-10, 1}) != tokens.warn.rgb());
    }

    void everyKindHasItsSign()
    {
        QSet<QString> signs;
        for (const auto kind : {Difference::Added, Difference::Removed, Difference::Changed})
            signs.insert(widgets::differenceSign(kind));
        QCOMPARE(signs.size(), 3);
        QVERIFY(widgets::differenceSign(Difference::None).isEmpty());
    }
};

QTEST_MAIN(TestDifferenceDelegate)
#include "tst_differencedelegate.moc"
