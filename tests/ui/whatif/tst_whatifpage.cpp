// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <whatif/whatifpage.h>

#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QSignalSpy>
#include <QTableView>
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
        : m_page(m_appearance)
    {
        m_appearance.choose(scheme);
        flags::Flag edited = checkout();
        if (hasDraft) {
            edited.rules[0].distributions[0].rollout = 0;
            edited.rules[0].distributions[1].rollout = 100;
        }
        QSignalSpy answered(&m_page, &whatifpage::WhatIfPage::answered);
        m_page.setNamespace(NamespaceKey(u"default"_qs));
        const flags::Snapshot saved = snapshot(checkout());
        m_page.setSnapshots(saved, hasDraft ? snapshot(edited) : saved);
        m_page.resize(1000, 700);
        m_page.show();
        m_isReady =
            QTest::qWaitForWindowExposed(&m_page) && (!answered.isEmpty() || answered.wait(10'000));
    }

    bool isReady() const { return m_isReady; }
    whatifpage::WhatIfPage &page() { return m_page; }

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
        QTRY_COMPARE(window.text("draftAnswer", "answer"), u"control"_qs);
        QTRY_COMPARE(window.text("savedAnswer", "answer"), u"one-page"_qs);
        QVERIFY(window.text("draftAnswer", "answerName").contains(u"differs"));
        QCOMPARE(window.text("savedAnswer", "attachment"), u"{\"steps\":1,\"theme\":\"calm\"}"_qs);
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
        QTRY_COMPARE(window.text("savedAnswer", "answer"), u"one-page"_qs);
        QVERIFY(!window.find<QWidget>("draftAnswer")->isVisible());
        flags::Flag off = checkout();
        off.enabled = false;
        window.page().setSnapshots(snapshot(checkout()), snapshot(off));
        QTRY_VERIFY(window.find<QWidget>("draftAnswer")->isVisible());
        QCOMPARE(window.text("draftAnswer", "conclusion"),
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
                     u"The draft changes no answer to this entity."_qs);
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
        QTRY_COMPARE(window.text("savedAnswer", "answer"), u"one-page"_qs);
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
        QTRY_COMPARE(window.text("savedAnswer", "answer"), u"one-page"_qs);
        auto *table = window.find<QTableView>("whatIfContext");
        QCOMPARE(table->model()->rowCount(), 4);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(0, 0)).center());
        QTest::keyClick(table, Qt::Key_Delete);
        QTRY_COMPARE(table->model()->rowCount(), 3);
        QTRY_COMPARE(window.text("savedAnswer", "answer"), u"control"_qs);
    }

    void hasNamesForEverythingThatTakesFocus()
    {
        Window window;
        QVERIFY(window.isReady());
        for (const QWidget *widget : window.page().findChildren<QWidget *>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible())
                continue;
            const bool isNamed =
                !widget->accessibleName().isEmpty()
                || (widget->parentWidget() && !widget->parentWidget()->accessibleName().isEmpty())
                || !widget->property("text").toString().isEmpty();
            QVERIFY2(isNamed, widget->metaObject()->className());
        }
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
                    if (!folder.isEmpty()) {
                        image.save(
                            u"%1/whatif-%2-%3-%4.png"_qs.arg(folder)
                                .arg(scheme == theme::Scheme::Light ? u"light"_qs : u"dark"_qs)
                                .arg(one ? u"one"_qs : u"all"_qs)
                                .arg(size.width()));
                    }
                }
            }
        }
    }
};

QTEST_MAIN(TestWhatIfPage)
#include "tst_whatifpage.moc"
