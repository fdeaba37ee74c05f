// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/flageditor.h>
#include <flags/flagspage.h>
#include <flags/flagtableview.h>
#include <models/flagtablemodel.h>
#include <support/constants.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <ui/sampledatabase.h>

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::FlagTableModel;
using test::systemClock;

namespace {
// Connections ask for the time until the application is gone.
} // namespace

class TestFlagsPage : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;

    QTemporaryDir m_directory;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<flagspage::FlagsPage> m_page;
    QTableView *m_table = nullptr;
    QLineEdit *m_filter = nullptr;

    std::shared_ptr<const flags::Namespace> nameSpace() const
    {
        return m_workspace->draft().current().nameSpace(NamespaceKey(u"default"_qs));
    }
    std::shared_ptr<const flags::Flag> flagAt(int row) const
    {
        return nameSpace()->flag(
            FlagKey(m_table->model()->index(row, 0).data(FlagTableModel::KeyRole).toString()));
    }
    int rowOf(const QString &key) const
    {
        for (int row = 0; row < m_table->model()->rowCount(); ++row)
            if (m_table->model()->index(row, 0).data(FlagTableModel::KeyRole).toString() == key)
                return row;
        return -1;
    }
    void clickCell(int row, int column)
    {
        const QModelIndex index = m_table->model()->index(row, column);
        m_table->scrollTo(index);
        QTest::mouseClick(m_table->viewport(), Qt::LeftButton, {},
                          m_table->visualRect(index).center());
    }

private slots:
    void initTestCase()
    {
        const QString file = m_directory.filePath(u"flags.db"_qs);
        QVERIFY(test::initialise(file, systemClock));
        m_workspace = test::openUnlocked(file, {}, systemClock);
        QVERIFY(m_workspace);
        QVERIFY(test::loadSample(*m_workspace));
    }

    void init()
    {
        m_workspace->draft().reset(m_workspace->draft().base());
        m_page = std::make_unique<flagspage::FlagsPage>(m_appearance, *m_workspace);
        m_page->setNamespace(NamespaceKey(u"default"_qs));
        m_page->resize(1100, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_table = m_page->findChild<QTableView *>(u"flagTable"_qs);
        m_filter = m_page->findChild<QLineEdit *>(u"flagFilter"_qs);
        QVERIFY(m_table->model()->rowCount() > 3);
    }

    void everyInputIsNamedAndReached()
    {
        clickCell(0, 0);
        QCOMPARE(test::inputFaults(*m_page).join(u"; "_qs), QString());
    }

    void filtersWhileOneTypes()
    {
        const int all = m_table->model()->rowCount();
        const QString key = flagAt(1)->key.text();
        QTest::keyClicks(m_filter, key);
        QVERIFY(rowOf(key) >= 0);
        QVERIFY(m_table->model()->rowCount() < all);
        QTest::keyClicks(m_filter, u" nothingcontainsthis"_qs);
        QCOMPARE(m_table->model()->rowCount(), 0);
        QVERIFY(m_page->findChild<QLabel *>(u"flagCount"_qs)->text().startsWith(u"None of "));
        m_filter->setFocus();
        QTest::keyClick(m_filter, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(m_filter, Qt::Key_Delete);
        QCOMPARE(m_table->model()->rowCount(), all);
    }

    void sortsByAColumn()
    {
        QHeaderView *header = m_table->horizontalHeader();
        const auto click = [&] {
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                              QPoint(header->sectionViewportPosition(0) + 20, 10));
        };
        click();
        const QString first = flagAt(0)->key.text();
        click();
        QCOMPARE(flagAt(m_table->model()->rowCount() - 1)->key.text(), first);
    }

    void turnsInPlace()
    {
        const std::shared_ptr<const flags::Flag> before = flagAt(1);
        clickCell(1, FlagTableModel::EnabledColumn);
        QCOMPARE(nameSpace()->flag(before->key)->enabled, !before->enabled);
        QVERIFY(m_workspace->draft().isChanged());
        QCOMPARE(m_table->model()->index(1, 0).data(FlagTableModel::MarkRole).toInt(),
                 int(FlagTableModel::Mark::Changed));
        // Again by key, from another column: back to the base.
        clickCell(1, FlagTableModel::NameColumn);
        QTest::keyClick(m_table, Qt::Key_Space);
        QVERIFY(!m_workspace->draft().isChanged());
    }

    void createsAFlag()
    {
        QTest::mouseClick(m_page->findChild<QPushButton *>(u"newFlagButton"_qs), Qt::LeftButton);
        auto *name = m_page->findChild<QLineEdit *>(u"newFlagName"_qs);
        QVERIFY(name);
        QTest::keyClicks(name, u"Quiet evenings"_qs);
        QTest::keyClick(name, Qt::Key_Return);
        const auto flag = nameSpace()->flag(FlagKey(u"quiet-evenings"_qs));
        QVERIFY(flag);
        QCOMPARE(flag->name, u"Quiet evenings"_qs);
        QCOMPARE(m_table->currentIndex().data(FlagTableModel::KeyRole).toString(),
                 u"quiet-evenings"_qs);
        QCOMPARE(m_page->findChild<QLineEdit *>(u"flagName"_qs)->text(), u"Quiet evenings"_qs);
        QCOMPARE(m_workspace->draft().undoLabel(), u"create quiet-evenings"_qs);
        m_workspace->draft().undo();
        QVERIFY(rowOf(u"quiet-evenings"_qs) < 0);
    }

    void editsInTheEditor()
    {
        clickCell(0, 0);
        const FlagKey key = flagAt(0)->key;
        QTest::keyClick(m_table, Qt::Key_Return);
        auto *name = m_page->findChild<QLineEdit *>(u"flagName"_qs);
        QTRY_VERIFY(name->hasFocus());
        QTest::keyClicks(name, u"Another name"_qs);
        QTRY_COMPARE(nameSpace()->flag(key)->name, u"Another name"_qs);
        QTest::keyClicks(name, u" still"_qs);
        QTRY_COMPARE(nameSpace()->flag(key)->name, u"Another name still"_qs);
        // Typing one name is one step.
        m_workspace->draft().undo();
        QVERIFY(!m_workspace->draft().isChanged());
        QVERIFY(name->text() != u"Another name still"_qs);
    }

    void deletesAndComesBack()
    {
        clickCell(2, 0);
        const QString key = flagAt(2)->key.text();
        const int all = m_table->model()->rowCount();
        QTest::keyClick(m_table, Qt::Key_Delete);
        QCOMPARE(m_table->model()->rowCount(), all - 1);
        QVERIFY(rowOf(key) < 0);
        QVERIFY(m_table->currentIndex().isValid());
        m_workspace->draft().undo();
        QVERIFY(rowOf(key) >= 0);
        QVERIFY(!m_workspace->draft().isChanged());
    }

    void deleteInTheFilterIsNoDeletion()
    {
        clickCell(0, 0);
        QTest::keyClicks(m_filter, u"x"_qs);
        QTest::keyClick(m_filter, Qt::Key_Home);
        QTest::keyClick(m_filter, Qt::Key_Delete);
        QVERIFY(!m_workspace->draft().isChanged());
    }

    void copiesTheKey()
    {
        clickCell(1, 0);
        QTest::keyClick(m_table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), flagAt(1)->key.text());
    }

    void showsRulesWithTheirBuckets()
    {
        for (int row = 0; row < m_table->model()->rowCount(); ++row) {
            const std::shared_ptr<const flags::Flag> flag = flagAt(row);
            clickCell(row, 0);
            const auto count = [&](const QString &name) {
                qsizetype shown = 0;
                const QList<QWidget *> found = m_page->findChildren<QWidget *>(name);
                for (const QWidget *widget : found)
                    shown += widget->isVisible() ? 1 : 0;
                return shown;
            };
            QCOMPARE(count(u"ruleCard"_qs), qsizetype(flag->rules.size()));
            QCOMPARE(count(u"rolloutCard"_qs), qsizetype(flag->rollouts.size()));
            QCOMPARE(count(u"variantRow"_qs), qsizetype(flag->variants.size()));
        }
    }

    void editsPartsAsSteps()
    {
        QTest::keyClicks(m_filter, u"new-checkout"_qs);
        clickCell(0, 0);
        const FlagKey key = flagAt(0)->key;
        const size_t variants = nameSpace()->flag(key)->variants.size();
        QTest::mouseClick(m_page->findChild<QPushButton *>(u"addVariant"_qs), Qt::LeftButton);
        QCOMPARE(nameSpace()->flag(key)->variants.size(), variants + 1);
        QVERIFY(m_workspace->draft().undoLabel().contains(u"add a variant"_qs));
        m_workspace->draft().undo();
        QVERIFY(!m_workspace->draft().isChanged());
    }

    void changesSeveralAtOnce()
    {
        auto *bar = m_page->findChild<QWidget *>(u"bulkBar"_qs);
        clickCell(0, 0);
        QVERIFY(!bar->isVisible());
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(m_table, Qt::Key_Down, Qt::ShiftModifier);
        QVERIFY(bar->isVisible());
        QStringList chosen;
        for (int row = 0; row < 3; ++row)
            chosen.append(flagAt(row)->key.text());
        const auto press = [&](const QString &name) {
            QTest::mouseClick(m_page->findChild<QPushButton *>(name), Qt::LeftButton);
        };
        press(u"bulk_enableFlags"_qs);
        for (const QString &key : std::as_const(chosen))
            QVERIFY(nameSpace()->flag(FlagKey(key))->enabled);
        QVERIFY(m_workspace->draft().undoLabel().contains(u"3 flags"_qs));
        press(u"bulk_disableFlags"_qs);
        for (const QString &key : std::as_const(chosen))
            QVERIFY(!nameSpace()->flag(FlagKey(key))->enabled);
        press(u"bulk_deleteFlag"_qs);
        for (const QString &key : std::as_const(chosen))
            QVERIFY(!nameSpace()->flag(FlagKey(key)));
        m_workspace->draft().undo();
        m_workspace->draft().undo();
        m_workspace->draft().undo();
        QVERIFY(!m_workspace->draft().isChanged());
    }

    void duplicatesUnderAnotherKey()
    {
        QTest::keyClicks(m_filter, u"key:new-checkout"_qs);
        clickCell(0, 0);
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_D, Qt::ControlModifier);
        auto *dialog = m_page->findChild<QDialog *>(u"transferDialog"_qs);
        QVERIFY(dialog);
        QCOMPARE(test::inputFaults(*dialog).join(u"; "_qs), QString());
        auto *to = dialog->findChild<QComboBox *>(u"transferTo"_qs);
        to->setFocus();
        QTest::keyClicks(to, u"default"_qs);
        QCOMPARE(to->currentText(), u"default"_qs);
        auto *go = dialog->findChild<QPushButton *>(u"transferGo"_qs);
        QVERIFY(!go->isEnabled());
        auto *key = dialog->findChild<QLineEdit *>(u"transferKey"_qs);
        key->setFocus();
        QTest::keyClick(key, Qt::Key_End);
        QTest::keyClicks(key, u" two"_qs);
        auto *summary = dialog->findChild<QLabel *>(u"transferSummary"_qs);
        QVERIFY2(summary->text().contains(u"dealt anew"_qs), qPrintable(summary->text()));
        QTest::mouseClick(go, Qt::LeftButton);
        const auto copy = nameSpace()->flag(FlagKey(u"new-checkout-two"_qs));
        QVERIFY(copy);
        const auto original = nameSpace()->flag(FlagKey(u"new-checkout"_qs));
        QCOMPARE(copy->rules.size(), original->rules.size());
        QVERIFY(copy->variants[0].id != original->variants[0].id);
        QVERIFY(m_workspace->draft().errors().empty());
        m_workspace->draft().undo();
        QVERIFY(!m_workspace->draft().isChanged());
    }

    void movesToAnotherNamespaceWithItsSegments()
    {
        QTest::keyClicks(m_filter, u"key:new-checkout"_qs);
        clickCell(0, 0);
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_D, Qt::ControlModifier);
        auto *dialog = m_page->findChild<QDialog *>(u"transferDialog"_qs);
        QVERIFY(dialog);
        auto *to = dialog->findChild<QComboBox *>(u"transferTo"_qs);
        QVERIFY(to->currentText() != u"default"_qs);
        const NamespaceKey target(to->currentText());
        auto *move = dialog->findChild<QCheckBox *>(u"transferMove"_qs);
        move->setFocus();
        QTest::keyClick(move, Qt::Key_Space);
        auto *summary = dialog->findChild<QLabel *>(u"transferSummary"_qs);
        QVERIFY2(summary->text().contains(u"keeps its bucket"_qs), qPrintable(summary->text()));
        QVERIFY2(summary->text().contains(u"beta-customers"_qs), qPrintable(summary->text()));
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"transferGo"_qs), Qt::LeftButton);
        const auto there = m_workspace->draft().current().nameSpace(target);
        QVERIFY(there->flag(FlagKey(u"new-checkout"_qs)));
        QVERIFY(there->segment(SegmentKey(u"beta-customers"_qs)));
        QVERIFY(!nameSpace()->flag(FlagKey(u"new-checkout"_qs)));
        QVERIFY(m_workspace->draft().errors().empty());
        m_workspace->draft().undo();
        QVERIFY(!m_workspace->draft().isChanged());
    }

    void aLockedWorkspaceIsOnlyShown()
    {
        m_workspace->lock();
        clickCell(1, FlagTableModel::EnabledColumn);
        QTest::keyClick(m_table, Qt::Key_Space);
        QTest::keyClick(m_table, Qt::Key_Delete);
        QVERIFY(!m_page->findChild<QPushButton *>(u"newFlagButton"_qs)->isEnabled());
        QVERIFY(!m_workspace->draft().isChanged());
        m_workspace->unlock();
    }

    void anEmptyDatabaseGetsItsTables()
    {
        QFile file(m_directory.filePath(u"empty.db"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        workspace::Workspace empty(test::nodeAt(file.fileName(), u"empty"_qs), {}, systemClock);
        flagspage::FlagsPage page(m_appearance, empty);
        page.setNamespace(NamespaceKey(u"default"_qs));
        page.show();
        empty.unlock();
        empty.start();
        auto *state = page.findChild<QWidget *>(u"flagsEmpty"_qs);
        const auto buttonText = [&] {
            auto *button = state->findChild<QPushButton *>(u"emptyButton"_qs);
            return button ? button->text() : QString();
        };
        const auto click = [&] {
            QTest::mouseClick(state->findChild<QPushButton *>(u"emptyButton"_qs), Qt::LeftButton);
        };
        QTRY_COMPARE(buttonText(), u"Create Flipt's tables"_qs);
        click();
        QTRY_COMPARE(buttonText(), u"New flag…"_qs);
        click();
        QVERIFY(page.findChild<QLineEdit *>(u"newFlagName"_qs));
    }
};

QTEST_MAIN(TestFlagsPage)
#include "tst_flagspage.moc"
