// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/constraintrules.h>
#include <flags/edit.h>
#include <models/segmenttablemodel.h>
#include <segments/constraintcard.h>
#include <segments/segmentspage.h>
#include <support/constants.h>
#include <support/sqldnode.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <ui/sampledatabase.h>
#include <widgets/problemlines.h>

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMessageBox>
#include <QTest>
#include <QToolButton>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::SegmentTableModel;
using test::click;
using test::systemClock;
using test::typeOver;

namespace {
// Connections ask for the time until the application is gone.
} // namespace

/// The page on a real primary with a real replica.
class TestSegmentsPage : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    std::unique_ptr<test::SqldNode> m_primary;
    std::unique_ptr<test::SqldNode> m_replica;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<segmentspage::SegmentsPage> m_page;
    QTableView *m_table = nullptr;

    std::shared_ptr<const flags::Namespace> nameSpace() const
    {
        return m_workspace->draft().current().nameSpace(NamespaceKey(u"default"_qs));
    }
    const flags::Segment &segment(const QString &key) const
    {
        return *nameSpace()->segment(SegmentKey(key));
    }
    template <typename T>
    T *find(const QString &name, int place = 0)
    {
        QList<T *> shown;
        const QList<T *> found = m_page->findChildren<T *>(name);
        for (T *each : found)
            if (each->isVisible())
                shown.append(each);
        return shown.value(place);
    }
    /// There are many operators.
    static void choose(QComboBox *box, const QString &text) { test::choose(box, text, 30); }
    void open(const QString &key)
    {
        for (int row = 0; row < m_table->model()->rowCount(); ++row) {
            const QModelIndex index = m_table->model()->index(row, 0);
            if (index.data(SegmentTableModel::KeyRole).toString() != key)
                continue;
            m_table->scrollTo(index);
            QTest::mouseClick(m_table->viewport(), Qt::LeftButton, {},
                              m_table->visualRect(index).center());
            return;
        }
        QFAIL(qPrintable(key));
    }
    void create(const QString &name)
    {
        click(find<QPushButton>(u"newSegmentButton"_qs));
        auto *line = m_page->findChild<QLineEdit *>(u"newSegmentName"_qs);
        QVERIFY(line);
        QTest::keyClicks(line, name);
        QTest::keyClick(line, Qt::Key_Return);
    }

private slots:
    void initTestCase()
    {
        m_primary = std::make_unique<test::SqldNode>();
        m_replica = std::make_unique<test::SqldNode>(*m_primary);
        QVERIFY(test::initialise(m_primary->url().toString(), systemClock));
        m_workspace = test::openUnlocked(m_primary->url().toString(), {m_replica->url().toString()},
                                         systemClock);
        QVERIFY(m_workspace);
        QVERIFY(test::loadSample(*m_workspace));
    }

    void init()
    {
        m_workspace->draft().reset(m_workspace->draft().base());
        m_page = std::make_unique<segmentspage::SegmentsPage>(m_appearance, *m_workspace);
        m_page->setNamespace(NamespaceKey(u"default"_qs));
        m_page->resize(1100, 900);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_table = m_page->findChild<QTableView *>(u"segmentTable"_qs);
        QVERIFY(m_table->model()->rowCount() > 3);
    }

    void everyInputIsNamedAndReached()
    {
        open(u"beta-customers"_qs);
        QCOMPARE(test::inputFaults(*m_page).join(u"; "_qs), QString());
    }

    void filtersByWhatConstraintsSay()
    {
        auto *filter = find<QLineEdit>(u"segmentFilter"_qs);
        const int all = m_table->model()->rowCount();
        QTest::keyClicks(filter, u"country FR"_qs);
        QCOMPARE(m_table->model()->rowCount(), 1);
        QVERIFY(find<QLabel>(u"segmentCount"_qs)->text().startsWith(u"1 of"_qs));
        QTest::keyClick(filter, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(filter, Qt::Key_Delete);
        QCOMPARE(m_table->model()->rowCount(), all);
    }

    void sortsByAColumn()
    {
        QHeaderView *header = m_table->horizontalHeader();
        const auto keyAt = [&](int row) {
            return m_table->model()->index(row, 0).data(SegmentTableModel::KeyRole).toString();
        };
        const auto clickHeader = [&] {
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                              QPoint(header->sectionViewportPosition(0) + 20, 10));
        };
        clickHeader();
        const QString first = keyAt(0);
        clickHeader();
        QCOMPARE(keyAt(m_table->model()->rowCount() - 1), first);
    }

    void createsAndEditsConstraintsOfEveryType()
    {
        create(u"Night owls"_qs);
        QVERIFY(nameSpace()->segment(SegmentKey(u"night-owls"_qs)));
        click(find<QPushButton>(u"addConstraint"_qs));
        // Text with a list, many pasted at once.
        auto *property = find<QLineEdit>(u"constraintProperty"_qs);
        QTRY_VERIFY(property->hasFocus());
        QTest::keyClicks(property, u"city"_qs);
        QTest::keyClick(property, Qt::Key_Return);
        choose(find<QComboBox>(u"constraintOperator"_qs), u"is one of"_qs);
        auto *add = find<QLineEdit>(u"addValue"_qs);
        QVERIFY(add);
        QGuiApplication::clipboard()->setText(u"Berlin\n Paris \nBerlin,Rome"_qs);
        add->setFocus();
        QTest::keyClick(add, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(segment(u"night-owls"_qs).constraints[0].value,
                 u"[\"Berlin\",\"Paris\",\"Rome\"]"_qs);
        QVERIFY(find<QLabel>(u"listNote"_qs)->text().contains(u"there already"_qs));
        QTest::keyClicks(add, u"Oslo"_qs);
        QTest::keyClick(add, Qt::Key_Return);
        click(find<QToolButton>(u"removeValue"_qs, 0));
        QCOMPARE(segment(u"night-owls"_qs).constraints[0].value,
                 u"[\"Paris\",\"Rome\",\"Oslo\"]"_qs);
        // Presence takes no value.
        choose(find<QComboBox>(u"constraintOperator"_qs), u"is not empty"_qs);
        QCOMPARE(segment(u"night-owls"_qs).constraints[0].value, QString());
        QVERIFY(!find<QLineEdit>(u"addValue"_qs));
        // A number: what is none is said so beside it.
        choose(find<QComboBox>(u"constraintType"_qs), u"number"_qs);
        QCOMPARE(segment(u"night-owls"_qs).constraints[0].operatorName, u"eq"_qs);
        choose(find<QComboBox>(u"constraintOperator"_qs), u"is at least"_qs);
        typeOver(find<QLineEdit>(u"constraintValue"_qs), u"many"_qs);
        const auto *problems = m_page->findChild<segmentspage::ConstraintCard *>()
                                   ->findChild<widgets::ProblemLines *>();
        QVERIFY2(problems->text().contains(u"never be true"_qs), qPrintable(problems->text()));
        typeOver(find<QLineEdit>(u"constraintValue"_qs), u"21.5"_qs);
        QVERIFY(!problems->isVisible());
        // The entity itself.
        choose(find<QComboBox>(u"constraintType"_qs), u"entity id"_qs);
        QCOMPARE(segment(u"night-owls"_qs).constraints[0].property, u"entityId"_qs);
        click(find<QToolButton>(u"removeConstraint"_qs));
        QVERIFY(segment(u"night-owls"_qs).constraints.empty());
        choose(find<QComboBox>(u"segmentMatch"_qs), u"any constraint (OR)"_qs);
        QCOMPARE(segment(u"night-owls"_qs).matchType, int(flags::AnyMatch));
    }

    void timesAreStoredInUtc()
    {
        create(u"Late"_qs);
        click(find<QPushButton>(u"addConstraint"_qs));
        typeOver(find<QLineEdit>(u"constraintProperty"_qs), u"seen"_qs);
        choose(find<QComboBox>(u"constraintType"_qs), u"date and time"_qs);
        choose(find<QComboBox>(u"constraintOperator"_qs), u"is after"_qs);
        auto *zone = find<QComboBox>(u"timeZone"_qs);
        QVERIFY(zone);
        zone->setFocus();
        QTest::keyClicks(zone, u"Asia/Tokyo"_qs);
        QCOMPARE(zone->currentText(), u"Asia/Tokyo"_qs);
        auto *time = find<QDateTimeEdit>(u"dateTime"_qs);
        time->setFocus(Qt::TabFocusReason);
        QTest::keyClicks(time, u"20260301083000"_qs); // each part goes on to the next
        QTest::keyClick(time, Qt::Key_Return);
        QCOMPARE(segment(u"late"_qs).constraints[0].value, u"2026-02-28T23:30:00Z"_qs);
        click(find<QCheckBox>(u"dateOnly"_qs));
        QCOMPARE(segment(u"late"_qs).constraints[0].value, u"2026-03-01"_qs);
    }

    void triesAContext()
    {
        open(u"beta-customers"_qs);
        auto *entity = find<QLineEdit>(u"segmentEntity"_qs);
        typeOver(entity, u"customer-42"_qs);
        auto *answer = find<QLabel>(u"segmentAnswer"_qs);
        QVERIFY2(answer->text().contains(u"The segment matches"_qs), qPrintable(answer->text()));
        const auto verdict = [&](int place) {
            return find<QLabel>(u"constraintVerdict"_qs, place)
                       ? find<QLabel>(u"constraintVerdict"_qs, place)->text()
                       : QString();
        };
        QVERIFY2(verdict(0).contains(u"fails"_qs), qPrintable(verdict(0)));
        QVERIFY2(verdict(1).contains(u"passes"_qs), qPrintable(verdict(1)));
        typeOver(entity, u"somebody"_qs);
        QVERIFY(answer->text().contains(u"does not match"_qs));
        auto *context = find<QTableView>(u"segmentContext"_qs);
        const auto typeInto = [&](int column, const QString &text) {
            const QModelIndex cell = context->model()->index(0, column);
            context->setCurrentIndex(cell);
            context->setFocus();
            QTest::keyClick(context, Qt::Key_F2);
            auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
            QVERIFY(editor);
            QTest::keyClicks(editor, text);
            QTest::keyClick(editor, Qt::Key_Return);
            QTRY_COMPARE(cell.data().toString(), text);
        };
        typeInto(0, u"beta"_qs);
        typeInto(1, u"true"_qs);
        QVERIFY2(answer->text().contains(u"The segment matches"_qs), qPrintable(answer->text()));
    }

    void saysWhereItIsUsedAndJumps()
    {
        open(u"beta-customers"_qs);
        auto *use = find<QPushButton>(u"segmentUse"_qs);
        QVERIFY(use);
        FlagKey opened;
        connect(m_page.get(), &segmentspage::SegmentsPage::flagOpenRequested, m_page.get(),
                [&](const FlagKey &key) { opened = key; });
        click(use);
        QVERIFY(use->text().startsWith(opened.text()));
        QVERIFY(nameSpace()->flag(opened));
    }

    void warnsBeforeDeletingWhatIsUsed()
    {
        open(u"beta-customers"_qs);
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_Delete);
        auto *box = m_page->findChild<QMessageBox *>(u"deleteUsedSegment"_qs);
        QVERIFY(box);
        QVERIFY2(box->informativeText().contains(u"flag new-checkout, rule"_qs),
                 qPrintable(box->informativeText()));
        QTest::keyClick(box, Qt::Key_Escape);
        QTRY_VERIFY(!m_page->findChild<QMessageBox *>(u"deleteUsedSegment"_qs));
        QVERIFY(!m_workspace->draft().isChanged());

        // Without a window manager nobody gives the focus back when a dialog has closed.
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_Delete);
        click(m_page->findChild<QPushButton *>(u"deleteWithUses"_qs));
        QVERIFY(!nameSpace()->segment(SegmentKey(u"beta-customers"_qs)));
        QVERIFY(m_workspace->draft().errors().empty());
        m_workspace->draft().undo();
        QVERIFY(!m_workspace->draft().isChanged());
    }

    void duplicates()
    {
        open(u"european-union"_qs);
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_D, Qt::ControlModifier);
        const auto copy = nameSpace()->segment(SegmentKey(u"european-union-2"_qs));
        QVERIFY(copy);
        QCOMPARE(copy->constraints.size(), segment(u"european-union"_qs).constraints.size());
        QVERIFY(copy->constraints[0].id != segment(u"european-union"_qs).constraints[0].id);
    }

    void copiesToANamespace()
    {
        open(u"european-union"_qs);
        flags::Namespace other;
        other.key = NamespaceKey(u"other"_qs);
        other.name = u"Other"_qs;
        QVERIFY(m_workspace->draft().edit(u"add"_qs, [&](const flags::Snapshot &snapshot) {
            return flags::insertNamespace(snapshot, other);
        }));
        test::chooseFromContextMenu(*m_table, u"copySegmentToNamespace"_qs);
        auto *dialog = m_page->findChild<QInputDialog *>(u"segmentTarget"_qs);
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(!dialog->comboBoxItems().contains(u"default"_qs));
        choose(dialog->findChild<QComboBox *>(), u"other"_qs);
        QTest::keyClick(dialog, Qt::Key_Return);
        const auto there = m_workspace->draft().current().nameSpace(other.key)->segment(
            SegmentKey(u"european-union"_qs));
        QVERIFY(there);
        QCOMPARE(there->constraints.size(), segment(u"european-union"_qs).constraints.size());
        QVERIFY(there->constraints[0].id != segment(u"european-union"_qs).constraints[0].id);
        QTRY_VERIFY(find<QWidget>(u"messageBar"_qs)->isVisible());
        // Where it is already, it is not offered.
        QTRY_VERIFY(!m_page->findChild<QInputDialog *>());
        test::chooseFromContextMenu(*m_table, u"copySegmentToNamespace"_qs);
        const auto *again = m_page->findChild<QInputDialog *>(u"segmentTarget"_qs);
        QVERIFY(!again || !again->comboBoxItems().contains(u"other"_qs));
        m_workspace->draft().undo();
        QVERIFY(m_workspace->draft().current().nameSpace(other.key)->segments.empty());
    }

    void savesToTheReplica()
    {
        create(u"Morning people"_qs);
        click(find<QPushButton>(u"addConstraint"_qs));
        typeOver(find<QLineEdit>(u"constraintProperty"_qs), u"rises"_qs);
        choose(find<QComboBox>(u"constraintType"_qs), u"number"_qs);
        choose(find<QComboBox>(u"constraintOperator"_qs), u"is less than"_qs);
        typeOver(find<QLineEdit>(u"constraintValue"_qs), u"7"_qs);
        QVERIFY(m_workspace->save());
        QTRY_VERIFY_WITH_TIMEOUT(!m_workspace->draft().isChanged(), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_replica
                ->execute({u"select value from constraints where property = 'rises' and "
                           "operator = 'lt' and type = 2"_qs})
                .contains("\"7\""),
            30'000);
    }

    void lockedItIsOnlyShown()
    {
        m_workspace->lock();
        open(u"beta-customers"_qs);
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_Delete);
        QVERIFY(!m_page->findChild<QMessageBox *>(u"deleteUsedSegment"_qs));
        QVERIFY(!find<QPushButton>(u"addConstraint"_qs));
        QVERIFY(!find<QToolButton>(u"removeConstraint"_qs));
        QVERIFY(!m_workspace->draft().isChanged());
        m_workspace->unlock();
    }
};

QTEST_MAIN(TestSegmentsPage)
#include "tst_segmentspage.moc"
