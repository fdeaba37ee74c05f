// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/arrivalline.h>
#include <theme/appearance.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestArrivalLine : public QObject {
    Q_OBJECT

private slots:
    void tellsTheJourneyInWords()
    {
        theme::Appearance appearance;
        reviewpage::ArrivalLine line(appearance);
        line.setJourney(u"committed frame 7"_qs,
                        {{u"replica-1"_qs, theme::State::Ok, u"+3 ms"_qs, {}},
                         {u"replica-2"_qs, theme::State::Off, u"on the way"_qs, {}}});
        QCOMPARE(line.accessibleName(),
                 u"committed frame 7; replica-1 +3 ms; replica-2 on the way"_qs);
    }

    void highlightsWhatHasJustArrived()
    {
        theme::Appearance appearance;
        appearance.choose(theme::Scheme::Light);
        reviewpage::ArrivalLine line(appearance);
        line.resize(500, 24);
        line.setJourney(u"committed"_qs, {{u"replica-1"_qs, theme::State::Off, {}, {}}});
        line.show();
        const auto has = [&](const QColor &colour) {
            const QImage image = line.grab().toImage();
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, 2).rgb() == colour.rgb())
                    return true;
            return false;
        };
        QVERIFY(!has(appearance.tokens().added));
        line.setJourney(u"committed"_qs, {{u"replica-1"_qs, theme::State::Ok, u"+3 ms"_qs, {}}});
        QVERIFY(has(appearance.tokens().added));
        QTRY_VERIFY(!has(appearance.tokens().added));
    }

    void wrapsFortyReplicas()
    {
        theme::Appearance appearance;
        reviewpage::ArrivalLine line(appearance);
        QList<reviewpage::ArrivalStop> stops;
        for (int i = 0; i < 40; ++i)
            stops.append({u"replica-%1"_qs.arg(i), theme::State::Ok, u"+3 ms"_qs, {}});
        line.setJourney(u"committed"_qs, stops);
        QVERIFY(line.heightForWidth(600) > line.heightForWidth(10000));
    }
};

QTEST_MAIN(TestArrivalLine)
#include "tst_arrivalline.moc"
