// SPDX-License-Identifier: GPL-3.0-or-later
// What-if and the review's impact on a real primary and a real replica, while flags change.
#include "support/sqldnode.h"

#include <flags/edit.h>
#include <models/workspacestates.h>
#include <review/draftexpectations.h>
#include <review/draftimpact.h>
#include <review/reviewpage.h>
#include <support/constants.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <ui/sampledatabase.h>
#include <whatif/contextpanel.h>
#include <whatif/entitypane.h>
#include <whatif/whatifpage.h>
#include <widgets/expectationview.h>
#include <widgets/whomoves.h>

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::WorkspaceStates;
using test::patience;
using test::SqldNode;
using test::systemClock;

namespace {

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
        test::acceptFile(*m_page->findChild<QFileDialog *>(), path);
        QTRY_VERIFY(find<QComboBox>("whatIfSecond")->findText(u"features.yml"_qs) >= 0);
        chooseSecond(u"features.yml"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(cardText("firstAnswer", "answerName"),
                                  u"Primary, and features.yml is the same"_qs, patience);
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
        test::acceptFile(*m_page->findChild<QFileDialog *>(), path);
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
        QVERIFY(summary->text().endsWith(u"1 line cannot be read."_qs));
        // Return on a row asks it.
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY(find<QTreeView>("traceTree")->isVisible());
    }

    // A draft that breaks an expectation is not saved, unless somebody says so.
    void anExpectationStandsAgainstTheSave()
    {
        m_page->hide();
        const QString path = m_directory.filePath(u"guard.expect"_qs);
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("brand-new-flag user-1 -> missing\n");
        }
        reviewpage::ReviewPage review(m_appearance, *m_workspace);
        auto *sheet =
            new reviewpage::DraftExpectations(m_appearance, *m_states, WorkspaceStates::draftId());
        connect(sheet, &reviewpage::DraftExpectations::objectionChanged, &review,
                &reviewpage::ReviewPage::setObjection);
        review.addSheet(sheet, u"Expectations"_qs);
        review.resize(900, 600);
        review.show();
        QVERIFY(QTest::qWaitForWindowExposed(&review));
        auto *save = review.findChild<QPushButton *>(u"saveButton"_qs);
        auto *hindrance = review.findChild<QLabel *>(u"saveHindrance"_qs);
        edit(false);
        QTRY_VERIFY_WITH_TIMEOUT(save->isEnabled(), patience);
        sheet->view()->setFile(path);
        QTRY_VERIFY_WITH_TIMEOUT(sheet->view()->isAnswered() && save->isEnabled(), patience);
        const Result<void> added =
            m_workspace->draft().edit(u"add"_qs, [](const flags::Snapshot &snapshot) {
                flags::Flag flag;
                flag.key = FlagKey(u"brand-new-flag"_qs);
                flag.name = u"Brand new"_qs;
                return flags::insertFlag(snapshot, defaultNamespace, flag);
            });
        QVERIFY(added);
        // While the answer is not known yet it stands against the save as well.
        QVERIFY(!save->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(hindrance->text(), u"1 of 1 expectations are not met."_qs,
                                  patience);
        QVERIFY(!save->isEnabled());
        QTabBar *tabs = review.findChild<QTabWidget *>(u"reviewTabs"_qs)->tabBar();
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(tabs->count() - 1).center());
        auto *blocks = review.findChild<QCheckBox *>(u"expectationsBlock"_qs);
        QTRY_VERIFY(blocks->isVisible());
        blocks->setFocus();
        QTest::keyClick(blocks, Qt::Key_Space);
        QVERIFY(save->isEnabled());
        QTest::keyClick(blocks, Qt::Key_Space);
        QVERIFY(!save->isEnabled());
        // The file gives way: it is followed.
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("brand-new-flag user-1 -> none\n");
        }
        QTRY_VERIFY_WITH_TIMEOUT(save->isEnabled(), patience);
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
