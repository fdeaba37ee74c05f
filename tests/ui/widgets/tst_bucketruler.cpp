// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/bucketruler.h>

#include <QAccessible>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using widgets::BucketRuler;

namespace {

flags::Rule rule(const QList<double> &percentages)
{
    flags::Rule made;
    for (qsizetype i = 0; i < percentages.size(); ++i)
        made.distributions.push_back(
            {{}, VariantId(QString(QChar(u'a' + char16_t(i)))), percentages[i], {}});
    return made;
}

/// A ruler 1012 pixels wide, so that a bucket is about one pixel.
class Shown {
public:
    explicit Shown(const QList<double> &percentages = {50, 30, 10}) : ruler(appearance)
    {
        appearance.choose(theme::Scheme::Light);
        ruler.setBuckets(evaluation::buckets(rule(percentages)),
                         {{u"one"_qs, 0}, {u"two"_qs, 1}, {u"three"_qs, 2}});
        ruler.resize(1013, ruler.sizeHint().height());
        ruler.show();
        ruler.activateWindow();
        if (!QTest::qWaitForWindowActive(&ruler))
            qFatal("the ruler is not shown");
        ruler.setFocus();
    }

    QList<int> ends() const
    {
        QList<int> result;
        for (const auto &range : ruler.buckets().ranges)
            result.append(range.end);
        return result;
    }

    theme::Appearance appearance;
    BucketRuler ruler;
};

} // namespace

class TestBucketRuler : public QObject {
    Q_OBJECT

private slots:
    void movesBoundariesByKeys()
    {
        Shown shown;
        QSignalSpy edited(&shown.ruler, &BucketRuler::edited);
        QTest::keyClick(&shown.ruler, Qt::Key_Right);
        QCOMPARE(shown.ends(), (QList<int>{501, 800, 900}));
        QTest::keyClick(&shown.ruler, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(shown.ends(), (QList<int>{491, 800, 900}));
        QTest::keyClick(&shown.ruler, Qt::Key_Down);
        QTest::keyClick(&shown.ruler, Qt::Key_Home);
        QCOMPARE(shown.ends(), (QList<int>{491, 491, 900}));
        QCOMPARE(edited.size(), 3);
        QTest::keyClick(&shown.ruler, Qt::Key_Left); // not past its neighbour
        QCOMPARE(edited.size(), 3);
        QTest::keyClick(&shown.ruler, Qt::Key_Down);
        QTest::keyClick(&shown.ruler, Qt::Key_End);
        QCOMPARE(shown.ends(), (QList<int>{491, 491, 1000}));
        QCOMPARE(shown.ruler.buckets().unmatched, 1000);
        // What is shown is what Flipt would make of the percentages.
        QList<double> percentages;
        for (const auto &range : shown.ruler.buckets().ranges)
            percentages.append(range.percentage);
        const auto layout = evaluation::buckets(rule(percentages));
        QCOMPARE(layout.ranges.back().end, 1000);
        QCOMPARE(layout.ranges.front().end, 491);
    }

    void movesBoundariesByMouse()
    {
        Shown shown;
        QSignalSpy moved(&shown.ruler, &BucketRuler::boundaryMoved);
        QSignalSpy edited(&shown.ruler, &BucketRuler::edited);
        const int y = shown.ruler.height() / 2;
        QTest::mousePress(&shown.ruler, Qt::LeftButton, {}, {507, y});
        QTest::mouseMove(&shown.ruler, {560, y});
        QTest::mouseMove(&shown.ruler, {607, y});
        QVERIFY(edited.isEmpty());
        QTest::mouseRelease(&shown.ruler, Qt::LeftButton, {}, {607, y});
        QCOMPARE(shown.ends(), (QList<int>{600, 800, 900}));
        QVERIFY(moved.size() >= 1);
        QCOMPARE(edited.size(), 1);
        // Beside the handles nothing moves.
        QTest::mousePress(&shown.ruler, Qt::LeftButton, {}, {300, y});
        QTest::mouseMove(&shown.ruler, {400, y});
        QTest::mouseRelease(&shown.ruler, Qt::LeftButton, {}, {400, y});
        QCOMPARE(shown.ends(), (QList<int>{600, 800, 900}));
    }

    void takesTypedNumbers()
    {
        Shown shown;
        QSignalSpy edited(&shown.ruler, &BucketRuler::edited);
        QTest::keyClick(&shown.ruler, Qt::Key_Return);
        auto *editor = shown.ruler.findChild<QSpinBox *>(u"boundaryEditor"_qs);
        QTRY_VERIFY(editor->isVisible());
        QTest::keyClicks(editor, u"333"_qs);
        QTest::keyClick(editor, Qt::Key_Return);
        QCOMPARE(shown.ends(), (QList<int>{333, 800, 900}));
        QCOMPARE(edited.size(), 1);
        QVERIFY(!editor->isVisible());
        QVERIFY(shown.ruler.hasFocus());
    }

    void staysAsItIsWhenReadOnly()
    {
        Shown shown;
        shown.ruler.setReadOnly(true);
        QTest::keyClick(&shown.ruler, Qt::Key_Right);
        QTest::mousePress(&shown.ruler, Qt::LeftButton, {}, {507, shown.ruler.height() / 2});
        QTest::mouseMove(&shown.ruler, {607, shown.ruler.height() / 2});
        QTest::mouseRelease(&shown.ruler, Qt::LeftButton, {}, {607, shown.ruler.height() / 2});
        QCOMPARE(shown.ends(), (QList<int>{500, 800, 900}));
    }

    void speaksToAssistiveTechnology()
    {
        Shown shown;
        QCOMPARE(shown.ruler.accessibleName(),
                 u"one: 50 %, buckets 0 to 499; two: 30 %, buckets 500 to 799; three: 10 %, "
                 "buckets 800 to 899; no variant: 10 %, buckets 900 to 999"_qs);
        shown.ruler.setSaved(evaluation::buckets(rule({60, 20, 10})));
        QVERIFY(shown.ruler.accessibleName().endsWith(u"100 bucket(s) moved")
                || shown.ruler.accessibleName().endsWith(u"100 buckets moved"));
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&shown.ruler);
        QCOMPARE(accessible->role(), QAccessible::Slider);
        QAccessibleValueInterface *value = accessible->valueInterface();
        QVERIFY(value);
        QCOMPARE(value->currentValue().toInt(), 500);
        QCOMPARE(value->maximumValue().toInt(), 800);
        QSignalSpy edited(&shown.ruler, &BucketRuler::edited);
        value->setCurrentValue(700);
        QCOMPARE(shown.ends(), (QList<int>{700, 800, 900}));
        QCOMPARE(edited.size(), 1);
    }

    void paintsWhatMoves()
    {
        Shown shown;
        shown.ruler.setSaved(evaluation::buckets(rule({60, 20, 10})));
        shown.ruler.setEntityBucket(312);
        shown.ruler.resize(1013, shown.ruler.sizeHint().height());
        const QImage image = shown.ruler.grab().toImage();
        const QRgb mark = shown.appearance.tokens().text.rgb();
        int marked = 0;
        for (int y = 0; y < image.height(); ++y) {
            int inLine = 0;
            for (int x = 0; x < image.width(); ++x)
                inLine += image.pixel(x, y) == mark ? 1 : 0;
            marked = std::max(marked, inLine);
        }
        // A hundred buckets are marked, at about a pixel each.
        QVERIFY2(marked > 90 && marked < 110, qPrintable(QString::number(marked)));
        if (const QString folder = qEnvironmentVariable("EDGEWISE_PICTURES"); !folder.isEmpty())
            image.save(folder + u"/bucketruler.png"_qs);
    }

    // The thresholds of a boolean flag have a hundred buckets.
    void hasAHundredBucketsForThresholds()
    {
        Shown shown;
        evaluation::BucketLayout layout;
        layout.count = evaluation::thresholdBuckets;
        layout.ranges = {{0, 40, 0, VariantId(u"on"_qs), 40}};
        layout.unmatched = 40;
        shown.ruler.setBuckets(layout, {{u"on"_qs, 2}});
        QCOMPARE(shown.ruler.highestEnd(0), 100);
        QTest::keyClick(&shown.ruler, Qt::Key_Right);
        QCOMPARE(shown.ends(), QList<int>{41});
        QTest::keyClick(&shown.ruler, Qt::Key_End);
        QCOMPARE(shown.ends(), QList<int>{100});
        QVERIFY(shown.ruler.accessibleName().startsWith(u"on: 100 %, buckets 0 to 99"_qs));
    }

    void saysWhatRoundingTakes()
    {
        Shown shown({33.34, 33.33, 33.33});
        QVERIFY2(shown.ruler.accessibleName().endsWith(u"; 1 bucket(s) lost to rounding"_qs),
                 qPrintable(shown.ruler.accessibleName()));
        QVERIFY(shown.ruler.accessibleDescription().contains(u"Return types it"_qs));
    }

    void livesWithoutRanges()
    {
        Shown shown(QList<double>{});
        QCOMPARE(shown.ruler.currentBoundary(), -1);
        QTest::keyClick(&shown.ruler, Qt::Key_Right);
        QVERIFY(!shown.ruler.grab().isNull());
        QCOMPARE(shown.ruler.accessibleName(), u"no variant: 100 %, buckets 0 to 999"_qs);
    }
};

QTEST_MAIN(TestBucketRuler)
#include "tst_bucketruler.moc"
