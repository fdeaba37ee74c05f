// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/movementmodel.h>
#include <models/sharetreemodel.h>
#include <support/constants.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <whatif/contextpanel.h>
#include <whatif/entitypane.h>
#include <whatif/populationpane.h>
#include <whatif/whatifpage.h>
#include <widgets/whomoves.h>

#include <QComboBox>
#include <QFileDialog>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::MovementModel;
using models::ShareTreeModel;
using test::patience;

namespace {


flags::Flag checkout(double onePage, double control)
{
    flags::Flag flag;
    flag.key = FlagKey(u"new-checkout"_qs);
    flag.enabled = true;
    flag.variants = {{VariantId(u"v1"_qs), u"control"_qs, {}, {}, {}, {}},
                     {VariantId(u"v2"_qs), u"one-page"_qs, {}, {}, {}, {}}};
    flag.rules = {{RuleId(u"r1"_qs),
                   1,
                   flags::OrOperator,
                   {SegmentKey(u"pros"_qs)},
                   {{DistributionId(u"d1"_qs), VariantId(u"v2"_qs), onePage, {}},
                    {DistributionId(u"d2"_qs), VariantId(u"v1"_qs), control, {}}},
                   {}}};
    return flag;
}

flags::Snapshot snapshotOf(const flags::Flag &flag)
{
    flags::Segment pros;
    pros.key = SegmentKey(u"pros"_qs);
    pros.constraints = {
        {{}, flags::StringConstraint, u"plan"_qs, u"isoneof"_qs, u"[\"pro\",\"team\"]"_qs, {}, {}},
        {{}, flags::NumberConstraint, u"age"_qs, u"gte"_qs, u"18"_qs, {}, {}}};
    flags::Flag quiet;
    quiet.key = FlagKey(u"quiet-hours"_qs);
    quiet.type = flags::BooleanFlag;
    quiet.rollouts = {{RolloutId(u"o1"_qs),
                       flags::ThresholdRollout,
                       {},
                       1,
                       flags::Threshold{{}, 40, true},
                       {},
                       {}}};
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"default"_qs);
    nameSpace.segments = {std::make_shared<const flags::Segment>(pros)};
    nameSpace.flags = {std::make_shared<const flags::Flag>(flag),
                       std::make_shared<const flags::Flag>(quiet)};
    return {{std::make_shared<const flags::Namespace>(std::move(nameSpace))}};
}

} // namespace

class TestPopulationPane : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    QTemporaryDir m_directory;
    std::unique_ptr<models::StateListModel> m_states;
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
    static void showTab(QTabBar *bar, int tab)
    {
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tab).center());
    }
    void showTab(const char *tabs, int tab) { showTab(find<QTabWidget>(tabs)->tabBar(), tab); }
    void chooseFlag(const QString &key)
    {
        auto *edit = find<QComboBox>("whatIfFlag")->lineEdit();
        QTest::mouseClick(edit, Qt::LeftButton);
        QTest::keySequence(edit, QKeySequence::SelectAll);
        QTest::keyClicks(edit, key);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    void click(const char *button) { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    QString verdict() { return find<QLabel>("populationVerdict")->text(); }
    QString summary() { return find<QLabel>("movementSummary")->text(); }
    /// Names the file in the dialog that asks for one.
    void nameFile(const QString &path)
    {
        QTRY_VERIFY(m_page->findChild<QFileDialog *>());
        test::acceptFile(*m_page->findChild<QFileDialog *>(), path);
        QTRY_VERIFY(!m_page->findChild<QFileDialog *>());
    }
    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void init()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        m_states = std::make_unique<models::StateListModel>();
        m_choice = std::make_unique<models::PopulationChoice>();
        m_states->addState(u"primary"_qs, u"Primary"_qs);
        m_states->addState(u"draft"_qs, u"Draft"_qs);
        m_page = std::make_unique<whatifpage::WhatIfPage>(m_appearance, *m_states, *m_choice);
        m_page->setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
        m_page->setNamespace(NamespaceKey(u"default"_qs));
        m_states->setSnapshot(u"primary"_qs, snapshotOf(checkout(50, 50)));
        m_states->setSnapshot(u"draft"_qs, snapshotOf(checkout(60, 40)));
        m_page->resize(1180, 740);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QTRY_VERIFY_WITH_TIMEOUT(find<QTableView>("outcomeTable")->isVisible(), patience);
    }

    void cleanup()
    {
        m_page.reset();
        m_choice.reset();
        m_states.reset();
    }

    void asksForAFlagFirst()
    {
        showTab("whatIfTabs", 1);
        QVERIFY(!find<QTreeView>("shareTree")->isVisible());
        chooseFlag(u"quiet-hours"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(verdict().contains(u" agrees with 40 / 60 %"_qs), patience);
        QVERIFY(verdict().startsWith(u"The split of 10,000 "_qs));
    }

    void sharesFollowTheQuestion()
    {
        chooseFlag(u"new-checkout"_qs);
        showTab("whatIfTabs", 1);
        // Attributes that the segment asks for are there by themselves, with both sides of each.
        auto *attributes = find<QTableView>("populationAttributes");
        QTRY_COMPARE(attributes->model()->rowCount(), 3);
        QCOMPARE(attributes->model()->index(0, 1).data().toString(), u"8..28"_qs);
        auto *tree = find<QTreeView>("shareTree");
        QTRY_VERIFY_WITH_TIMEOUT(tree->model()->rowCount() == 3, patience);
        const QModelIndex rule = tree->model()->index(1, 0);
        QCOMPARE(rule.data().toString(), u"Rule 1 · pros"_qs);
        QVERIFY2(rule.siblingAtColumn(ShareTreeModel::BarColumn)
                     .data()
                     .toString()
                     .contains(u"agrees with 60 / 40 %"_qs),
                 qPrintable(rule.siblingAtColumn(1).data().toString()));
        // The other side of the comparison.
        auto *side = find<QComboBox>("sharesSide");
        side->setFocus();
        QTest::keyClick(side, Qt::Key_Home);
        QTRY_VERIFY(tree->model()
                        ->index(1, ShareTreeModel::BarColumn)
                        .data()
                        .toString()
                        .contains(u"agrees with 50 / 50 %"_qs));
        // Fewer entities, typed; then broken down.
        auto *count = find<QSpinBox>("populationCount");
        count->setFocus();
        count->selectAll();
        QTest::keyClicks(count, u"500"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(
            tree->model()->index(0, ShareTreeModel::CountColumn).data().toString(), u"500"_qs,
            patience);
        auto *breakdown = find<QComboBox>("populationBreakdown");
        breakdown->setFocus();
        QTest::keyClick(breakdown, Qt::Key_End);
        QTRY_VERIFY_WITH_TIMEOUT(tree->model()->rowCount() == 6, patience);
        QCOMPARE(tree->model()->index(4, 0).data().toString(), u"plan = pro"_qs);
        QCOMPARE(test::inputFaults(*m_page).join(u"; "_qs), QString());
    }

    void aCellOpensItsEntities()
    {
        chooseFlag(u"new-checkout"_qs);
        showTab("whatIfTabs", 1);
        showTab("populationTabs", 1);
        QTRY_VERIFY_WITH_TIMEOUT(summary().endsWith(u" of 10,000 entities get another answer."_qs),
                                 patience);
        auto *matrix = find<QTableView>("movementMatrix");
        auto *entities = find<QTableView>("cellEntities");
        // The largest move is opened by itself.
        QTRY_VERIFY_WITH_TIMEOUT(entities->model()->rowCount() > 0, patience);
        QCOMPARE(matrix->currentIndex().data(MovementModel::MovedRole).toBool(), true);
        QVERIFY(find<QLabel>("cellCaption")->text().startsWith(u"control → one-page: "_qs));
        // Another one by a click: those who stay.
        QModelIndex stays;
        for (int i = 0; i + 1 < matrix->model()->rowCount(); ++i) {
            const QModelIndex cell = matrix->model()->index(i, i);
            if (cell.data(MovementModel::CountRole).toInt() > 0)
                stays = cell;
        }
        QVERIFY(stays.isValid());
        QTest::mouseClick(matrix->viewport(), Qt::LeftButton, {},
                          matrix->visualRect(stays).center());
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QLabel>("cellCaption")->text().contains(stays.data().toString() + u" entities"_qs),
            patience);
        // And an entity goes to the other pane.
        entities->setFocus();
        entities->setCurrentIndex(entities->model()->index(0, 0));
        const QString id = entities->currentIndex().data().toString();
        QTest::keyClick(entities, Qt::Key_Return);
        QTRY_VERIFY(find<QTreeView>("traceTree")->isVisible());
        QCOMPARE(m_page->entityPane()->context()->entity(), id);
    }

    void nobodyMovesBetweenEqualStates()
    {
        m_states->setSnapshot(u"draft"_qs, snapshotOf(checkout(50, 50)));
        chooseFlag(u"new-checkout"_qs);
        showTab("whatIfTabs", 1);
        showTab("populationTabs", 1);
        QTRY_COMPARE_WITH_TIMEOUT(summary(), u"Primary and Draft are the same: nobody moves."_qs,
                                  patience);
        // An edit elsewhere is followed at once.
        m_states->setSnapshot(u"draft"_qs, snapshotOf(checkout(0, 100)));
        QTRY_VERIFY_WITH_TIMEOUT(summary().endsWith(u" of 10,000 entities get another answer."_qs),
                                 patience);
    }

    void exportsWhatIsShown()
    {
        chooseFlag(u"new-checkout"_qs);
        showTab("whatIfTabs", 1);
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("exportSharesButton")->isEnabled(), patience);
        for (const QString &name : {u"shares.csv"_qs, u"shares.json"_qs}) {
            click("exportSharesButton");
            nameFile(m_directory.filePath(name));
            QTRY_VERIFY(!contents(m_directory.filePath(name)).isEmpty());
        }
        QVERIFY(contents(m_directory.filePath(u"shares.csv"_qs)).contains("Rule 1"));
        QVERIFY(
            QJsonDocument::fromJson(contents(m_directory.filePath(u"shares.json"_qs))).isArray());
        showTab("populationTabs", 1);
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("exportMovesButton")->isEnabled(), patience);
        const QString moves = m_directory.filePath(u"moves.csv"_qs);
        click("exportMovesButton");
        nameFile(moves);
        QTRY_VERIFY_WITH_TIMEOUT(contents(moves).contains(",control,1,one-page,1"), patience);
        const QString matrix = m_directory.filePath(u"matrix.json"_qs);
        click("exportMatrixButton");
        nameFile(matrix);
        QTRY_COMPARE(QJsonDocument::fromJson(contents(matrix))[u"entities"_qs].toInt(), 10'000);
    }

    void takesEntitiesFromAFile()
    {
        const QString path = m_directory.filePath(u"users.csv"_qs);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("id,plan,age\nu1,pro,30\nu2,free,30\nbroken\nu3,team,40\n");
        file.close();
        chooseFlag(u"new-checkout"_qs);
        showTab("whatIfTabs", 1);
        auto *kind = find<QComboBox>("populationKind");
        kind->setFocus();
        QTest::keyClick(kind, Qt::Key_Down);
        QTRY_VERIFY(find<QPushButton>("populationChooseFile")->isVisible());
        click("populationChooseFile");
        nameFile(path);
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QLabel>("populationNote")->text().startsWith(u"1 row was skipped: line 4: "_qs),
            patience);
        auto *tree = find<QTreeView>("shareTree");
        QCOMPARE(tree->model()->index(0, ShareTreeModel::CountColumn).data().toString(), u"3"_qs);
        // A file that has gone is a sentence, not an end.
        QVERIFY(file.remove());
        chooseFlag(u"quiet-hours"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(verdict().contains(u"users.csv"_qs), patience);
        kind->setFocus();
        QTest::keyClick(kind, Qt::Key_Up);
        QTRY_VERIFY_WITH_TIMEOUT(verdict().contains(u" agrees with 40 / 60 %"_qs), patience);
    }

    // Ten million are cancelled by their button, and the window answers all the while.
    void isCancelled()
    {
        chooseFlag(u"new-checkout"_qs);
        showTab("whatIfTabs", 1);
        auto *count = find<QSpinBox>("populationCount");
        count->setFocus();
        count->selectAll();
        QTest::keyClicks(count, u"900000000"_qs);
        auto *cancel = m_page->populationPane()->findChild<QPushButton *>(u"jobCancel"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(cancel->isVisible(), patience);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(verdict(), u"Cancelled."_qs);
        QVERIFY(!cancel->isVisible());
        // A smaller question is answered after it.
        count->setFocus();
        count->selectAll();
        QTest::keyClicks(count, u"1000"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QTreeView>("shareTree")->model()->index(0, ShareTreeModel::CountColumn).data()
                == u"1,000"_qs,
            patience);
    }

    void keepsAPopulation()
    {
        chooseFlag(u"new-checkout"_qs);
        showTab("whatIfTabs", 1);
        auto *attributes = find<QTableView>("populationAttributes");
        QTRY_COMPARE(attributes->model()->rowCount(), 3);
        // What is written stays, whatever is asked then.
        attributes->setFocus();
        attributes->setCurrentIndex(attributes->model()->index(1, 1));
        QTest::keyClick(attributes, Qt::Key_F2);
        auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(editor);
        QTest::keySequence(editor, QKeySequence::SelectAll);
        QTest::keyClicks(editor, u"pro: 9, free"_qs);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(!m_choice->isFitting());
        const QString path = m_directory.filePath(u"mix.json"_qs);
        click("populationSave");
        nameFile(path);
        QTRY_VERIFY(contents(path).contains("\"weight\""));
        chooseFlag(u"quiet-hours"_qs);
        QTRY_COMPARE(attributes->model()->index(1, 1).data().toString(), u"pro: 9, free"_qs);
        click("populationFit");
        QTRY_COMPARE(attributes->model()->rowCount(), 1);
        click("populationOpen");
        nameFile(path);
        QTRY_COMPARE(attributes->model()->index(1, 1).data().toString(), u"pro: 9, free"_qs);
        QVERIFY(!m_choice->isFitting());
    }

    /// Pictures for people, where a folder is given for them.
    void paints()
    {
        const QString folder = qEnvironmentVariable("EDGEWISE_PICTURES");
        chooseFlag(u"new-checkout"_qs);
        showTab("whatIfTabs", 1);
        auto *tree = find<QTreeView>("shareTree");
        QTRY_VERIFY_WITH_TIMEOUT(tree->model()->rowCount() == 3, patience);
        for (const auto scheme : {theme::Scheme::Light, theme::Scheme::Dark}) {
            m_appearance.choose(scheme);
            for (const int tab : {0, 1}) {
                showTab("populationTabs", tab);
                QTRY_VERIFY_WITH_TIMEOUT(
                    tab == 0 || find<QTableView>("cellEntities")->model()->rowCount() > 0,
                    patience);
                for (const QSize size : {QSize(1100, 680), QSize(780, 520)}) {
                    m_page->resize(size);
                    QTRY_COMPARE(m_page->size(), size);
                    const QImage image = m_page->grab().toImage();
                    QVERIFY(!image.isNull());
                    if (folder.isEmpty())
                        continue;
                    image.save(u"%1/population-%2-%3-%4.png"_qs.arg(folder)
                                   .arg(scheme == theme::Scheme::Light ? u"light"_qs : u"dark"_qs)
                                   .arg(tab == 0 ? u"shares"_qs : u"moves"_qs)
                                   .arg(size.width()));
                }
            }
        }
        m_appearance.choose(theme::Scheme::Light);
    }
};

QTEST_MAIN(TestPopulationPane)
#include "tst_populationpane.moc"
