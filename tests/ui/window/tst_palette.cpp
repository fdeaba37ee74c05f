// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/inputs.h>

#include <theme/appearance.h>
#include <window/mainwindow.h>
#include <window/palette.h>
#include <window/palettemodel.h>

#include <QAbstractItemModelTester>
#include <QListView>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using window::matchScore;
using window::PaletteEntry;

class TestPalette : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    std::unique_ptr<window::MainWindow> m_window;
    QStringList m_run;

    QLineEdit *query() { return m_window->findChild<QLineEdit *>(u"paletteQuery"_qs); }
    QListView *list() { return m_window->findChild<QListView *>(u"paletteList"_qs); }
    QStringList listed()
    {
        QStringList titles;
        for (int row = 0; row < list()->model()->rowCount(); ++row)
            titles.append(list()->model()->index(row, 0).data().toString());
        return titles;
    }

private slots:
    void init()
    {
        m_run.clear();
        m_window = std::make_unique<window::MainWindow>(m_appearance);
        m_window->addPage({u"flags"_qs, u"Flags"_qs, u"flag"_qs, new QWidget});
        m_window->commandPalette()->setSource([this](const QStringList &words) {
            QList<PaletteEntry> found;
            for (const QString &title :
                 {u"Switch off night-mode"_qs, u"night-mode"_qs, u"Full screen"_qs})
                if (const auto score = matchScore(words, {title}))
                    found.append({title, {}, u"flag"_qs, {}, *score, [this, title] {
                                      m_run.append(title);
                                  }});
            return found;
        });
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void scores_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse"); // empty: does not fit
        QTest::newRow("beginning")
            << u"night"_qs << u"night-mode"_qs << u"Switch off night-mode"_qs;
        QTest::newRow("word") << u"mode"_qs << u"night-mode"_qs << u"commodes"_qs;
        QTest::newRow("case") << u"NIGHT"_qs << u"night-mode"_qs << QString();
        QTest::newRow("all words") << u"off night"_qs << u"Switch off night-mode"_qs << QString();
    }
    void scores()
    {
        QFETCH(QString, typed);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        const QStringList words = typed.split(u' ');
        const auto best = matchScore(words, {better});
        QVERIFY(best);
        const auto other = matchScore(words, {worse});
        QVERIFY(worse.isEmpty() ? !other : other && *best < *other);
    }

    void findsAndRunsByKeysAlone()
    {
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(query()->isVisible() && query()->hasFocus());
        QCOMPARE(listed().size(), 3);
        QTest::keyClicks(query(), u"nig off"_qs);
        QCOMPARE(listed(), QStringList{u"Switch off night-mode"_qs});
        QTest::keyClick(query(), Qt::Key_Return);
        QCOMPARE(m_run, QStringList{u"Switch off night-mode"_qs});
        QVERIFY(!query()->isVisible());
    }

    void choosesAmongSeveral()
    {
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(query(), u"night"_qs);
        QCOMPARE(listed(), (QStringList{u"night-mode"_qs, u"Switch off night-mode"_qs}));
        QTest::keyClick(query(), Qt::Key_Down);
        QTest::keyClick(query(), Qt::Key_Return);
        QCOMPARE(m_run, QStringList{u"Switch off night-mode"_qs});
    }

    void isLeftByEscape()
    {
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(query(), u"zzz"_qs);
        QVERIFY(listed().isEmpty() && !list()->isVisible());
        QTest::keyClick(query(), Qt::Key_Return);
        QVERIFY(query()->isVisible()); // nothing to run
        QTest::keyClick(query(), Qt::Key_Escape);
        QVERIFY(!query()->isVisible());
        QVERIFY(m_run.isEmpty());
    }

    void listsTheBestSixty()
    {
        window::PaletteModel model(m_appearance, nullptr);
        QAbstractItemModelTester tester(&model);
        QList<PaletteEntry> entries;
        for (int i = 0; i < 100; ++i)
            entries.append({QString::number(i), {}, {}, {}, 100 - i, {}});
        model.setEntries(entries);
        QCOMPARE(model.rowCount(), 60);
        QCOMPARE(model.entry(0).title, u"99"_qs);
    }

    void everyInputIsNamedAndReached() { QCOMPARE(test::inputFaults(*m_window), QStringList()); }
};

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
