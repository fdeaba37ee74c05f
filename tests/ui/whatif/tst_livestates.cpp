// SPDX-License-Identifier: GPL-3.0-or-later
// What-if and the review's impact on a real primary and a real replica, while flags change.
#include "support/sqldnode.h"

#include <flags/edit.h>
#include <models/workspacestates.h>
#include <review/draftimpact.h>
#include <theme/appearance.h>
#include <ui/sampledatabase.h>
#include <whatif/contextpanel.h>
#include <whatif/entitypane.h>
#include <whatif/whatifpage.h>
#include <widgets/expectationview.h>
#include <widgets/whomoves.h>

#include <QComboBox>
#include <QFileDialog>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::WorkspaceStates;
using test::SqldNode;

namespace {

constexpr int patience = 30'000;
const SystemClock systemClock;
const NamespaceKey defaultNamespace(u"default"_qs);
/// A variant flag of the sample workspace.
const FlagKey asked(u"new-checkout"_qs);

} // namespace

class TestLiveStates : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    QTemporaryDir m_directory;
    std::unique_ptr<SqldNode> m_primary;
    std::unique_ptr<SqldNode> m_replica;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<WorkspaceStates> m_states;
    std::unique_ptr<models::PopulationChoice> m_choice;
    std::unique_ptr<whatifpage::WhatIfPage> m_page;

    template <typename T>
    T *find(const char *name)
    {
        auto *found = m_page->findChild<T *>(QLatin1StringView(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }
    void showTab(int tab)
    {
        QTabBar *bar = find<QTabWidget>("whatIfTabs")->tabBar();
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tab).center());
    }
    void chooseFlag(const FlagKey &flag)
    {
        auto *edit = find<QComboBox>("whatIfFlag")->lineEdit();
        QTest::mouseClick(edit, Qt::LeftButton);
        QTest::keySequence(edit, QKeySequence::SelectAll);
        QTest::keyClicks(edit, flag.text());
        QTest::keyClick(edit, Qt::Key_Return);
    }
    void chooseSecond(const QString &name)
    {
        auto *second = find<QComboBox>("whatIfSecond");
        QTRY_VERIFY(second->findText(name) >= 0);
        second->setFocus();
        QTest::keyClick(second, Qt::Key_Home);
        for (int i = 0; i < second->count() && second->currentText() != name; ++i)
            QTest::keyClick(second, Qt::Key_Down);
        QCOMPARE(second->currentText(), name);
    }
    QString cardText(const char *card, const char *label)
    {
        return find<QWidget>(card)->findChild<QLabel *>(QLatin1StringView(label))->text();
    }
    void editFlag(const std::function<void(flags::Flag &)> &change)
    {
        const Result<void> done =
            m_workspace->draft().edit(u"edit"_qs, [change](const flags::Snapshot &snapshot) {
                flags::Flag flag = *snapshot.nameSpace(defaultNamespace)->flag(asked);
                change(flag);
                return flags::replaceFlag(snapshot, defaultNamespace, flag);
            });
        QVERIFY(done);
    }
    /// Switches the flag in the draft.
    void edit(bool enabled)
    {
        editFlag([enabled](flags::Flag &flag) { flag.enabled = enabled; });
    }

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        m_primary = std::make_unique<SqldNode>();
        m_replica = std::make_unique<SqldNode>(*m_primary);
        QVERIFY(test::initialise(m_primary->url().toString(), systemClock));
        m_workspace = test::openUnlocked(m_primary->url().toString(), {m_replica->url().toString()},
                                         systemClock);
        QVERIFY(m_workspace);
        QVERIFY(test::loadSample(*m_workspace));
        QVERIFY(m_workspace->draft().base().nameSpace(defaultNamespace)->flag(asked));
        m_states = std::make_unique<WorkspaceStates>(*m_workspace, systemClock);
        m_choice = std::make_unique<models::PopulationChoice>();
        m_page = std::make_unique<whatifpage::WhatIfPage>(m_appearance, *m_states, *m_choice);
        m_page->setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
        connect(m_page.get(), &whatifpage::WhatIfPage::fileChosen, m_states.get(),
                &WorkspaceStates::addFile);
        m_page->setNamespace(defaultNamespace);
        m_page->resize(1180, 740);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }

    void cleanupTestCase()
    {
        m_page.reset();
        m_choice.reset();
        m_states.reset();
        m_workspace.reset();
        m_replica.reset();
        m_primary.reset();
    }

    void init()
    {
        m_workspace->draft().discard(u"start again"_qs);
        m_page->show();
    }

    // A save is answered by the primary, then by the replica, with nothing pressed.
    void aSaveIsSeenToArriveInTheAnswers()
    {
        chooseFlag(asked);
        auto *entity = find<QLineEdit>("whatIfEntity");
        QTest::mouseClick(entity, Qt::LeftButton);
        QTest::keyClicks(entity, u"user-1"_qs);
        chooseSecond(u"replica-1"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(cardText("firstAnswer", "answerName"),
                                  u"Primary, and replica-1 is the same"_qs, patience);
        m_replica->pause();
        edit(false);
        QVERIFY(m_workspace->save());
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("secondAnswer")->isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            cardText("firstAnswer", "conclusion").startsWith(u"The flag is off"_qs), patience);
        QVERIFY(!cardText("secondAnswer", "conclusion").startsWith(u"The flag is off"_qs));
        QVERIFY(find<QLabel>("divergence")->isVisible());
        m_replica->resume();
        QTRY_COMPARE_WITH_TIMEOUT(cardText("firstAnswer", "answerName"),
                                  u"Primary, and replica-1 is the same"_qs, patience);
        edit(true);
        QVERIFY(m_workspace->save());
        QTRY_VERIFY_WITH_TIMEOUT(!m_workspace->draft().isChanged(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            !cardText("firstAnswer", "conclusion").startsWith(u"The flag is off"_qs), patience);
    }

    void theDraftIsAskedBeforeItIsSaved()
    {
        chooseFlag(asked);
        chooseSecond(u"Draft"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(cardText("firstAnswer", "answerName"),
                                  u"Primary, and Draft is the same"_qs, patience);
        edit(false);
        QTRY_VERIFY_WITH_TIMEOUT(
            cardText("secondAnswer", "conclusion").startsWith(u"The flag is off"_qs), patience);
    }

    // A document beside the nodes: its rules are those of the database, so the traces align.
    void aDocumentIsAskedAndFollowed()
    {
        const QString path = m_directory.filePath(u"features.yml"_qs);
        QByteArray text = sampleWorkspace();
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        }
        chooseFlag(asked);
        QTest::mouseClick(find<QPushButton>("whatIfFile"), Qt::LeftButton);
        QTRY_VERIFY(m_page->findChild<QFileDialog *>());
        auto *name = m_page->findChild<QFileDialog *>()->findChild<QLineEdit *>(u"fileNameEdit"_qs);
        QTest::keySequence(name, QKeySequence::SelectAll);
        QTest::keyClicks(name, path);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(find<QComboBox>("whatIfSecond")->findText(u"features.yml"_qs) >= 0);
        chooseSecond(u"features.yml"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("secondAnswer")->isVisible(), patience);
        QCOMPARE(cardText("firstAnswer", "answer"), cardText("secondAnswer", "answer"));
        QVERIFY(!find<QLabel>("divergence")->isVisible());
        // What cannot be read says so, and the last answer stays.
        QString trouble;
        connect(m_states.get(), &WorkspaceStates::fileFailed, this,
                [&trouble](const QString &, const Error &error) { trouble = error.detail; });
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("flags: [");
        }
        QTRY_VERIFY_WITH_TIMEOUT(!trouble.isEmpty(), patience);
        m_states->disconnect(this);
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("namespace: default\nflags: []\n");
        }
        QTRY_COMPARE_WITH_TIMEOUT(cardText("secondAnswer", "answer"), u"no such flag"_qs, patience);
    }

    // From the answer on screen to a file, and the file against what the draft makes of it.
    void anAnswerBecomesAnExpectation()
    {
        chooseFlag(asked);
        chooseSecond(u"Draft"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("keepExpectationsButton")->isVisible(),
                                 patience);
        QTRY_COMPARE_WITH_TIMEOUT(cardText("firstAnswer", "answerName"),
                                  u"Primary, and Draft is the same"_qs, patience);
        const QString path = m_directory.filePath(u"golden.expect"_qs);
        QTest::mouseClick(find<QPushButton>("keepExpectationsButton"), Qt::LeftButton);
        QTRY_VERIFY(m_page->findChild<QFileDialog *>());
        auto *name = m_page->findChild<QFileDialog *>()->findChild<QLineEdit *>(u"fileNameEdit"_qs);
        QTest::keySequence(name, QKeySequence::SelectAll);
        QTest::keyClicks(name, path);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(QFile::exists(path));
        showTab(2);
        auto *summary = find<QLabel>("expectationSummary");
        QTRY_COMPARE_WITH_TIMEOUT(summary->text(), u"● The one expectation is met by Primary."_qs,
                                  patience);
        editFlag([](flags::Flag &flag) { flag.defaultVariant.reset(); });
        QTRY_COMPARE_WITH_TIMEOUT(summary->text(),
                                  u"✕ 1 of 1 expectations are not met by Draft."_qs, patience);
        // A line that somebody writes into the file is run as well.
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::Append));
            file.write("no-such-flag user-1 -> missing\nnonsense\n");
        }
        auto *table = find<QTableView>("expectationTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
        QVERIFY(summary->text().endsWith(u"1 line(s) cannot be read."_qs));
        // Return on a row asks it.
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY(find<QTreeView>("traceTree")->isVisible());
    }

    // The review's side: all flags that the draft touches, over the same population.
    void theReviewShowsWhoMoves()
    {
        m_page->hide();
        reviewpage::DraftImpact impact(m_appearance, *m_states, WorkspaceStates::primaryId(),
                                       WorkspaceStates::draftId(), *m_choice);
        impact.resize(900, 500);
        impact.show();
        QVERIFY(QTest::qWaitForWindowExposed(&impact));
        QTRY_COMPARE_WITH_TIMEOUT(impact.whoMoves()->sentence(), u"No changes: nobody moves."_qs,
                                  patience);
        edit(false);
        QTRY_VERIFY2_WITH_TIMEOUT(
            impact.whoMoves()->sentence().endsWith(u" of 10,000 entities get another answer."_qs),
            qPrintable(impact.whoMoves()->sentence()), patience);
        auto *entities = impact.findChild<QTableView *>(u"cellEntities"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(entities->model()->rowCount() > 0, patience);
        // Another population, chosen here, asks again.
        QTest::mouseClick(impact.findChild<QPushButton *>(u"impactChangePopulation"_qs),
                          Qt::LeftButton);
        auto *dialog = impact.findChild<QDialog *>(u"populationDialog"_qs);
        QTRY_VERIFY(dialog->isVisible());
        auto *count = dialog->findChild<QAbstractSpinBox *>(u"populationCount"_qs);
        count->setFocus();
        count->selectAll();
        QTest::keyClicks(count, u"2000"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(impact.whoMoves()->sentence().contains(u" of 2,000 entities"_qs),
                                 patience);
        QTest::keyClick(dialog, Qt::Key_Escape);
        m_workspace->draft().discard(u"never mind"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(impact.whoMoves()->sentence(), u"No changes: nobody moves."_qs,
                                  patience);
    }
};

QTEST_MAIN(TestLiveStates)
#include "tst_livestates.moc"
