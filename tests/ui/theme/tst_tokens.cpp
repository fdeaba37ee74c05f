// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/theme.h>

#include <QTest>

using namespace edgewise::theme;

class TestTokens : public QObject {
    Q_OBJECT

private slots:
    void knowsContrast()
    {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
        // From the examples of WCAG: #777777 on white just fails 4.5.
        QVERIFY(contrast(QColor(0x777777), Qt::white) < 4.5);
        QVERIFY(contrast(QColor(0x767676), Qt::white) >= 4.5);
    }

    void textIsReadable_data()
    {
        QTest::addColumn<QColor>("ink");
        QTest::addColumn<QColor>("paper");
        for (const bool dark : {false, true}) {
            const Theme theme = dark ? Theme::dark() : Theme::light();
            const Tokens &t = theme.tokens();
            const std::pair<const char *, QColor> inks[] = {
                {"text", t.text},      {"secondary", t.secondary},
                {"accent", t.accent},  {"ok", t.ok},
                {"warn", t.warn},      {"late", t.late},
                {"bad", t.bad},        {"off", t.off},
                {"foreign", t.foreign}};
            const std::pair<const char *, QColor> papers[] = {{"ground", t.ground},
                                                              {"surface", t.surface}};
            const char *name = dark ? "dark" : "light";
            for (const auto &[ink, colour] : inks)
                for (const auto &[paper, under] : papers)
                    QTest::addRow("%s: %s on %s", name, ink, paper) << colour << under;
            const std::pair<const char *, QColor> grounds[] = {{"added", t.added},
                                                               {"removed", t.removed},
                                                               {"changed", t.changed},
                                                               {"selection", t.selection},
                                                               {"hover", t.hover}};
            for (const auto &[paper, under] : grounds)
                QTest::addRow("%s: text on %s", name, paper) << t.text << under;
            QTest::addRow("%s: primary button", name) << t.onAccent << t.accent;
        }
    }
    void textIsReadable()
    {
        QFETCH(QColor, ink);
        QFETCH(QColor, paper);
        const double ratio = contrast(ink, paper);
        QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
    }

    void paletteIsMadeOfTokens()
    {
        for (const Theme &theme : {Theme::light(), Theme::dark()}) {
            const QPalette palette = theme.palette();
            QCOMPARE(palette.color(QPalette::Base), theme.tokens().surface);
            QCOMPARE(palette.color(QPalette::Disabled, QPalette::Text), theme.tokens().secondary);
            QVERIFY(contrast(palette.color(QPalette::HighlightedText),
                             palette.color(QPalette::Highlight))
                    >= 4.5);
        }
    }

    void variantsRepeatAfterAll()
    {
        const Theme theme = Theme::light();
        QCOMPARE(theme.variant(0), theme.variant(8));
        QVERIFY(theme.variant(0) != theme.variant(1));
        QCOMPARE(theme.variant(-1), theme.tokens().secondary);
    }
};

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
