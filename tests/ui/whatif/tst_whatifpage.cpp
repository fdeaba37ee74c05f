// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/expectations.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <whatif/contextpanel.h>
#include <whatif/entitypane.h>
#include <whatif/tracedelegate.h>
#include <whatif/whatifpage.h>

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QTreeView>

using namespace edgewise;
using namespace Qt::StringLiterals;

namespace {

flags::Constraint constraint(int type, const QString &property, const QString &operatorName,
                             const QString &value)
{
    flags::Constraint made;
    made.type = type;
    made.property = property;
    made.operatorName = operatorName;
    made.value = value;
    return made;
}

flags::Flag checkout()
{
    flags::Flag flag;
    flag.key = FlagKey(u"new-checkout"_qs);
    flag.enabled = true;
    flag.variants = {{VariantId(u"v1"_qs), u"control"_qs, {}, {}, {}, {}},
                     {VariantId(u"v2"_qs),
                      u"one-page"_qs,
                      {},
                      {},
                      u"{\"steps\": 1, \"theme\": \"calm\"}"_qs,
                      {}}};
    flag.defaultVariant = VariantId(u"v1"_qs);
    flag.rules = {{RuleId(u"r1"_qs),
                   1,
                   flags::AndOperator,
                   {SegmentKey(u"beta-users"_qs), SegmentKey(u"eu"_qs)},
                   {{DistributionId(u"d1"_qs), VariantId(u"v2"_qs), 50, {}},
                    {DistributionId(u"d2"_qs), VariantId(u"v1"_qs), 30, {}}},
                   {}},
                  {RuleId(u"r2"_qs),
                   2,
                   flags::OrOperator,
                   {SegmentKey(u"everyone"_qs)},
                   {{DistributionId(u"d3"_qs), VariantId(u"v1"_qs), 100, {}}},
                   {}}};
    return flag;
}

flags::Snapshot snapshot(const flags::Flag &flag)
{
    flags::Segment beta;
    beta.key = SegmentKey(u"beta-users"_qs);
    beta.constraints = {constraint(flags::StringConstraint, u"plan"_qs, u"isoneof"_qs,
                                   u"[\"pro\",\"team\",\"enterprise\"]"_qs),
                        constraint(flags::NumberConstraint, u"age"_qs, u"gte"_qs, u"18"_qs)};
    flags::Segment eu;
    eu.key = SegmentKey(u"eu"_qs);
    eu.matchType = flags::AnyMatch;
    eu.constraints = {constraint(flags::StringConstraint, u"country"_qs, u"eq"_qs, u"de"_qs),
                      constraint(flags::StringConstraint, u"country"_qs, u"eq"_qs, u"fr"_qs)};
    flags::Segment everyone;
    everyone.key = SegmentKey(u"everyone"_qs);
    flags::Flag quiet;
    quiet.key = FlagKey(u"quiet-hours"_qs);
    quiet.type = flags::BooleanFlag;
    quiet.rollouts = {{{}, flags::ThresholdRollout, {}, 1, flags::Threshold{{}, 40, true}, {}, {}}};
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"default"_qs);
    for (const flags::Segment &segment : {beta, eu, everyone})
        nameSpace.segments.push_back(std::make_shared<const flags::Segment>(segment));
    for (const flags::Flag &each : {flag, quiet})
        nameSpace.flags.push_back(std::make_shared<const flags::Flag>(each));
    return {{std::make_shared<const flags::Namespace>(std::move(nameSpace))}};
}

/// The page with a draft that gives everybody in rule 1 the one-page checkout.
class Window {
public:
    explicit Window(bool hasDraft = true, theme::Scheme scheme = theme::Scheme::Light)
        : m_page(m_appearance, m_states, m_population)
    {
        m_appearance.choose(scheme);
        m_states.addState(u"primary"_qs, u"Primary"_qs);
        m_states.addState(u"draft"_qs, u"Draft"_qs);
        flags::Flag edited = checkout();
        if (hasDraft) {
            edited.rules[0].distributions[0].rollout = 0;
            edited.rules[0].distributions[1].rollout = 100;
        }
        m_page.setNamespace(NamespaceKey(u"default"_qs));
        m_states.setSnapshot(u"primary"_qs, snapshot(checkout()));
        m_states.setSnapshot(u"draft"_qs, snapshot(edited));
        m_page.resize(1000, 700);
        m_page.show();
        m_isReady = QTest::qWaitForWindowExposed(&m_page)
                    && QTest::qWaitFor(
                        [&] { return find<QTableView>("outcomeTable")->isVisible(); }, 30'000);
    }

    bool isReady() const { return m_isReady; }
    whatifpage::WhatIfPage &page() { return m_page; }
    models::StateListModel &states() { return m_states; }
    models::PopulationChoice &population() { return m_population; }

    template <typename T>
    T *find(const char *name)
    {
        auto *found = m_page.findChild<T *>(QLatin1StringView(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }
    QString text(const char *card, const char *label)
    {
        return find<QWidget>(card)->findChild<QLabel *>(QLatin1StringView(label))->text();
    }

    void typeInto(QWidget *widget, const QString &text)
    {
        QTest::mouseClick(widget, Qt::LeftButton);
        QTest::keySequence(widget, QKeySequence::SelectAll);
        QTest::keyClicks(widget, text);
    }
    void chooseFlag(const QString &key)
    {
        auto *flag = find<QComboBox>("whatIfFlag");
        typeInto(flag->lineEdit(), key);
        QTest::keyClick(flag->lineEdit(), Qt::Key_Return);
    }
    /// Types into a cell of the context and ends with Return.
    void typeCell(int row, int column, const QString &text)
    {
        auto *table = find<QTableView>("whatIfContext");
        const QPoint centre = table->visualRect(table->model()->index(row, column)).center();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, centre);
        QTest::keyClick(table, Qt::Key_F2);
        auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        if (!editor || editor->parentWidget() != table->viewport())
            qFatal("the cell does not open");
        QTest::keyClicks(editor, text);
        QTest::keyClick(editor, Qt::Key_Return);
        // The view takes the text over when the key is done with.
        if (!QTest::qWaitFor([&] { return QApplication::focusWidget() != editor; }))
            qFatal("the cell does not close");
    }
    void showTab(QTabBar *bar, int tab)
    {
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tab).center());
    }
    void askBetaUser()
    {
        chooseFlag(u"new-checkout"_qs);
        typeInto(find<QLineEdit>("whatIfEntity"), u"user-8"_qs);
        typeCell(0, 0, u"plan"_qs);
        typeCell(0, 1, u"pro"_qs);
        typeCell(1, 0, u"age"_qs);
        typeCell(1, 1, u"21"_qs);
        typeCell(2, 0, u"country"_qs);
        typeCell(2, 1, u"de"_qs);
    }
    /// All texts of the tree, a line each, indented.
    QString tree()
    {
        QString text;
        const QAbstractItemModel *model = find<QTreeView>("traceTree")->model();
        const auto add = [&](const auto &self, const QModelIndex &parent, int depth) -> void {
            for (int row = 0; row < model->rowCount(parent); ++row) {
                const QModelIndex index = model->index(row, 0, parent);
                text += QString(depth * 2, u' ') + index.data().toString();
                for (int column = 1; column < model->columnCount(parent); ++column)
                    text += u" | "_qs + index.siblingAtColumn(column).data().toString();
                text += u'\n';
                self(self, index, depth + 1);
            }
        };
        add(add, {}, 0);
        return text;
    }

private:
    theme::Appearance m_appearance;
    models::StateListModel m_states;
    models::PopulationChoice m_population;
    whatifpage::WhatIfPage m_page;
    bool m_isReady = false;
};

} // namespace

class TestWhatIfPage : public QObject {
    Q_OBJECT

private slots:
    void answersAQuestionThatIsTyped()
    {
        Window window;
        QVERIFY(window.isReady());
        window.askBetaUser();
        QTRY_VERIFY(window.tree().contains(u"country eq de"));
        // CRC-32 of "new-checkoutuser-8" is 381 modulo 1000: within the first half.
        QTRY_COMPARE(window.text("secondAnswer", "answer"), u"control"_qs);
        QTRY_COMPARE(window.text("firstAnswer", "answer"), u"one-page"_qs);
        QVERIFY(window.text("secondAnswer", "answerName").contains(u"differs"));
        QCOMPARE(window.text("firstAnswer", "attachment"), u"{\"steps\":1,\"theme\":\"calm\"}"_qs);
        QVERIFY(window.find<QLabel>("divergence")->isVisible());
        QVERIFY2(window.find<QLabel>("divergence")->text().startsWith(u"≠ They part here first. "),
                 qPrintable(window.find<QLabel>("divergence")->text()));
        const QString tree = window.tree();
        QVERIFY2(tree.startsWith(u"Rule 1 | passed: "), qPrintable(tree));
        QVERIFY(tree.contains(u"    country eq fr | failed: “de” is not “fr” | failed"));
        QVERIFY(tree.contains(u"Rule 2 | not reached | not reached"));
    }

    void followsTheDraft()
    {
        Window window(false);
        QVERIFY(window.isReady());
        window.askBetaUser();
        QTRY_COMPARE(window.text("firstAnswer", "answer"), u"one-page"_qs);
        QVERIFY(!window.find<QWidget>("secondAnswer")->isVisible());
        QCOMPARE(window.text("firstAnswer", "answerName"), u"Primary, and Draft is the same"_qs);
        flags::Flag off = checkout();
        off.enabled = false;
        window.states().setSnapshot(u"draft"_qs, snapshot(off));
        QTRY_VERIFY(window.find<QWidget>("secondAnswer")->isVisible());
        QCOMPARE(window.text("secondAnswer", "conclusion"),
                 u"The flag is off: variant “control”."_qs);
    }

    void asksAllFlags()
    {
        Window window;
        QVERIFY(window.isReady());
        auto *table = window.find<QTableView>("outcomeTable");
        QTRY_VERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 2);
        window.typeInto(window.find<QLineEdit>("whatIfEntity"), u"user-8"_qs);
        QTRY_COMPARE(window.find<QLabel>("outcomeSummary")->text(),
                     u"Primary and Draft give this entity the same answers."_qs);
        // A row opens its flag.
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY(window.find<QTreeView>("traceTree")->isVisible());
        QCOMPARE(window.find<QComboBox>("whatIfFlag")->currentText(), u"new-checkout"_qs);
    }

    void copiesTheTrace()
    {
        Window window;
        QVERIFY(window.isReady());
        window.askBetaUser();
        QTRY_COMPARE(window.text("firstAnswer", "answer"), u"one-page"_qs);
        auto *tree = window.find<QTreeView>("traceTree");
        tree->setFocus();
        QTest::keySequence(tree, QKeySequence::Copy);
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"● Rule 1 passed"));
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"✕ country eq fr failed"));
    }

    void removesAProperty()
    {
        Window window(false);
        QVERIFY(window.isReady());
        window.askBetaUser();
        QTRY_COMPARE(window.text("firstAnswer", "answer"), u"one-page"_qs);
        auto *table = window.find<QTableView>("whatIfContext");
        QCOMPARE(table->model()->rowCount(), 4);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(0, 0)).center());
        QTest::keyClick(table, Qt::Key_Delete);
        QTRY_COMPARE(table->model()->rowCount(), 3);
        QTRY_COMPARE(window.text("firstAnswer", "answer"), u"control"_qs);
    }

    // Verdicts are told apart by shape and word, not by colour alone.
    void verdictsHaveShapesAndWords()
    {
        Window window;
        QVERIFY(window.isReady());
        window.askBetaUser();
        QTRY_VERIFY(window.tree().contains(u"Rule 2 | not reached"_qs));
        const QString tree = window.tree();
        for (const QString &word : {u"| passed"_qs, u"| failed"_qs, u"| not reached"_qs})
            QVERIFY2(tree.contains(word), qPrintable(word));
        QImage last;
        for (const auto verdict : {evaluation::Verdict::Passed, evaluation::Verdict::Failed,
                                   evaluation::Verdict::NotReached}) {
            const theme::Appearance appearance;
            const QImage shape = appearance.stateIcon(whatifpage::stateOf(verdict))
                                     .pixmap(16, 16)
                                     .toImage()
                                     .convertToFormat(QImage::Format_Alpha8);
            QVERIFY(shape != last);
            last = shape;
        }
    }

    void asksWithJson()
    {
        Window window(false);
        QVERIFY(window.isReady());
        window.chooseFlag(u"new-checkout"_qs);
        window.typeInto(window.find<QLineEdit>("whatIfEntity"), u"user-8"_qs);
        window.showTab(window.find<QTabBar>("contextForms"), 1);
        auto *json = window.find<QPlainTextEdit>("whatIfJson");
        window.typeInto(json->viewport(), {});
        QTest::keyClicks(json, u"{\"pl"_qs);
        // The names that segments use are offered; Return takes the first.
        auto *popup = json->findChild<QCompleter *>()->popup();
        QTRY_VERIFY(popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Return);
        QTRY_COMPARE(json->toPlainText(), u"{\"plan\""_qs);
        QTest::keyClicks(json, u": \"te"_qs);
        QTRY_VERIFY(popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Return);
        QTRY_COMPARE(json->toPlainText(), u"{\"plan\": \"team\""_qs);
        auto *problem = window.find<QLabel>("contextProblem");
        QVERIFY(problem->isVisible());
        QVERIFY2(problem->text().contains(u"line 1, column 16: a comma or a closing brace"_qs),
                 qPrintable(problem->text()));
        QTest::keyClicks(json, u", \"age\": \"21\", \"country\": \"fr\"}"_qs);
        QTRY_COMPARE(window.text("firstAnswer", "answer"), u"one-page"_qs);
        QVERIFY(!problem->isVisible());
        // What was written is in the table, and the other way round.
        window.showTab(window.find<QTabBar>("contextForms"), 0);
        auto *table = window.find<QTableView>("whatIfContext");
        QCOMPARE(table->model()->index(0, 1).data().toString(), u"team"_qs);
        QCOMPARE(table->model()->rowCount(), 4);
        window.typeCell(1, 1, u"17"_qs);
        QTRY_COMPARE(window.text("firstAnswer", "answer"), u"control"_qs);
        window.showTab(window.find<QTabBar>("contextForms"), 1);
        QVERIFY(json->toPlainText().contains(u"\"age\": \"17\""_qs));
    }

    // A question that takes long is given up for a newer one, and the window goes on meanwhile.
    void aNewerQuestionCancelsTheOlder()
    {
        Window window;
        QVERIFY(window.isReady());
        QSignalSpy answered(window.page().entityPane(), &whatifpage::EntityPane::answered);
        auto *entity = window.find<QLineEdit>("whatIfEntity");
        window.chooseFlag(u"new-checkout"_qs);
        for (int i = 0; i < 30; ++i)
            window.page().entityPane()->context()->setEntity(u"user-%1"_qs.arg(i));
        window.typeInto(entity, u"user-8"_qs);
        QTRY_VERIFY(window.tree().contains(u"Rule 2"_qs));
        QTRY_VERIFY(!answered.isEmpty());
        // Thirty questions, and the pause took most of them away.
        QVERIFY2(answered.count() < 10, qPrintable(QString::number(answered.count())));
        QTRY_COMPARE(window.page().entityPane()->expectations().front().entity, u"user-8"_qs);
    }

    void showsOnlyDifferences()
    {
        Window window;
        QVERIFY(window.isReady());
        window.askBetaUser();
        window.chooseFlag(u"All flags"_qs);
        auto *table = window.find<QTableView>("outcomeTable");
        QTRY_VERIFY(table->isVisible());
        QTRY_COMPARE(window.find<QLabel>("outcomeSummary")->text(),
                     u"Primary and Draft differ in 1 answer to this entity."_qs);
        QTest::keyClick(window.find<QCheckBox>("onlyDifferences"), Qt::Key_Space);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QCOMPARE(table->model()->index(0, 0).data().toString(), u"new-checkout"_qs);
    }

    // Any two of the states, or one alone.
    void asksOtherStates()
    {
        Window window;
        QVERIFY(window.isReady());
        flags::Flag off = checkout();
        off.enabled = false;
        window.states().addState(u"replica"_qs, u"replica-1"_qs);
        window.states().setSnapshot(u"replica"_qs, snapshot(off));
        window.askBetaUser();
        auto *second = window.find<QComboBox>("whatIfSecond");
        QTRY_COMPARE(second->count(), 4);
        second->setFocus();
        QTest::keyClick(second, Qt::Key_End);
        QTRY_COMPARE(window.text("secondAnswer", "conclusion"),
                     u"The flag is off: variant “control”."_qs);
        QVERIFY(window.text("secondAnswer", "answerName").startsWith(u"replica-1"_qs));
        QTest::keyClick(second, Qt::Key_Home);
        QTRY_VERIFY(!window.find<QWidget>("secondAnswer")->isVisible());
        QCOMPARE(window.text("firstAnswer", "answerName"), u"Primary"_qs);
        // A state that goes leaves the others asked.
        window.states().removeState(u"replica"_qs);
        QTRY_COMPARE(second->count(), 3);
        QCOMPARE(window.text("firstAnswer", "answer"), u"one-page"_qs);
    }

    void holdsToTheRulesForInput()
    {
        Window window;
        QVERIFY(window.isReady());
        QCOMPARE(test::inputFaults(window.page()).join(u"; "_qs), QString());
    }

    /// Pictures for people, where a folder is given for them.
    void paintsEverySize()
    {
        const QString folder = qEnvironmentVariable("EDGEWISE_PICTURES");
        for (const auto scheme : {theme::Scheme::Light, theme::Scheme::Dark}) {
            Window window(true, scheme);
            QVERIFY(window.isReady());
            for (const bool one : {false, true}) {
                if (one)
                    window.askBetaUser();
                for (const QSize size : {QSize(1100, 680), QSize(780, 520)}) {
                    window.page().resize(size);
                    QTRY_COMPARE(window.page().size(), size);
                    QTRY_VERIFY(!one || window.tree().contains(u"Rule 2 | not reached"));
                    const QImage image = window.page().grab().toImage();
                    QVERIFY(!image.isNull());
                    if (folder.isEmpty())
                        continue;
                    image.save(u"%1/whatif-%2-%3-%4.png"_qs.arg(folder)
                                   .arg(scheme == theme::Scheme::Light ? u"light"_qs : u"dark"_qs)
                                   .arg(one ? u"one"_qs : u"all"_qs)
                                   .arg(size.width()));
                }
            }
        }
    }
};

QTEST_MAIN(TestWhatIfPage)
#include "tst_whatifpage.moc"
