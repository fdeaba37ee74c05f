// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/flagspage.h>
#include <flags/jsonformat.h>
#include <models/flagtablemodel.h>
#include <support/constants.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <ui/sampledatabase.h>

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QRadioButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTableView>
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

    /// By the selection's context menu, as a person would.
    QDialog *openBulkMetadata(int first, int last)
    {
        clickCell(first, FlagTableModel::NameColumn);
        const QModelIndex end = m_table->model()->index(last, FlagTableModel::NameColumn);
        QTest::mouseClick(m_table->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                          m_table->visualRect(end).center());
        QContextMenuEvent event(QContextMenuEvent::Mouse, m_table->visualRect(end).center(),
                                m_table->viewport()->mapToGlobal(QPoint()));
        QApplication::sendEvent(m_table->viewport(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        const auto *action = m_page->findChild<QAction *>(u"flagMetadata"_qs);
        if (!menu || !action)
            return nullptr;
        QTest::mouseClick(menu, Qt::LeftButton, {},
                          menu->actionGeometry(const_cast<QAction *>(action)).center());
        const QList<QDialog *> dialogs = m_page->findChildren<QDialog *>(u"bulkMetadataDialog"_qs);
        for (QDialog *dialog : dialogs)
            if (dialog->isVisible()) // one that was closed may still wait for its end
                return dialog;
        return nullptr;
    }

    /// Clicks an entry of the menu that a right click on the titles opens.
    bool clickInColumnMenu(const QString &text)
    {
        QHeaderView *header = m_table->horizontalHeader();
        QContextMenuEvent event(QContextMenuEvent::Mouse, QPoint(20, 10),
                                header->viewport()->mapToGlobal(QPoint(20, 10)));
        QApplication::sendEvent(header->viewport(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        if (!menu)
            return false;
        const QList<QAction *> actions = menu->actions();
        for (QAction *action : actions) {
            if (action->text() != text)
                continue;
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            return true;
        }
        return false;
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

    void choosesColumns()
    {
        QSignalSpy chosen(m_page.get(), &flagspage::FlagsPage::columnsChanged);
        const int count = FlagTableModel::ColumnCount;
        const auto shown = [&](const QTableView &table) {
            QList<int> columns;
            for (int column = 0; column < count; ++column)
                if (!table.isColumnHidden(column))
                    columns.append(column);
            return columns;
        };
        const QList<int> usual = shown(*m_table);
        QVERIFY(!usual.contains(FlagTableModel::DescriptionColumn));
        QVERIFY(!usual.contains(FlagTableModel::CreatedColumn));
        QVERIFY(clickInColumnMenu(u"description"_qs));
        QVERIFY(clickInColumnMenu(u"created"_qs));
        QVERIFY(clickInColumnMenu(u"rules"_qs));
        QVERIFY(!m_table->isColumnHidden(FlagTableModel::DescriptionColumn));
        QVERIFY(m_table->isColumnHidden(FlagTableModel::RulesColumn));
        QCOMPARE(m_table->horizontalHeader()->visualIndex(FlagTableModel::DescriptionColumn),
                 m_table->horizontalHeader()->visualIndex(FlagTableModel::NameColumn) + 1);
        const QModelIndex created = m_table->model()->index(0, FlagTableModel::CreatedColumn);
        QCOMPARE(created.data().toString(), u"now"_qs);
        QVERIFY(created.data(Qt::ToolTipRole).toString().endsWith(u'Z'));
        // What was chosen stays where there is little room, and in a page made with it.
        m_page->resize(760, 500);
        QVERIFY(!m_table->isColumnHidden(FlagTableModel::CreatedColumn));
        QCOMPARE(chosen.size(), 3);
        const QStringList names = chosen.last().first().toStringList();
        QVERIFY(!names.contains(u"rules"_qs));
        flagspage::FlagsPage other(m_appearance, *m_workspace);
        other.setColumns(names);
        other.setNamespace(NamespaceKey(u"default"_qs));
        other.resize(1100, 700);
        other.show();
        QCOMPARE(shown(*other.findChild<QTableView *>(u"flagTable"_qs)), shown(*m_table));
        m_page->resize(1100, 700);
        QVERIFY(clickInColumnMenu(u"Usual columns"_qs));
        QCOMPARE(shown(*m_table), usual);
        QCOMPARE(chosen.last().first().toStringList(), QStringList());
    }

    void anOlderArrangementOfTheTitlesHidesNothing()
    {
        QStandardItemModel six(1, 6);
        QTableView older;
        older.setModel(&six);
        older.setColumnHidden(2, true);
        m_table->horizontalHeader()->restoreState(older.horizontalHeader()->saveState());
        m_page->resize(1101, 700);
        QCOMPARE(m_table->horizontalHeader()->count(), int(FlagTableModel::ColumnCount));
        QVERIFY(!m_table->isColumnHidden(FlagTableModel::TypeColumn));
        QVERIFY(m_table->columnWidth(FlagTableModel::KeyColumn) > 0);
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

    void setsMetadataOnSeveralAtOnce()
    {
        QDialog *dialog = openBulkMetadata(0, 2);
        QVERIFY(dialog);
        QCOMPARE(test::inputFaults(*dialog).join(u"; "_qs), QString());
        auto *go = dialog->findChild<QPushButton *>(u"bulkMetadataGo"_qs);
        QVERIFY(!go->isEnabled()); // without a name
        auto *name = dialog->findChild<QLineEdit *>(u"bulkMetadataName"_qs);
        QTest::mouseClick(name, Qt::LeftButton);
        QTest::keyClicks(name, u"team x"_qs);
        auto *value = dialog->findChild<QLineEdit *>(u"bulkMetadataValue"_qs);
        QTest::mouseClick(value, Qt::LeftButton);
        QTest::keyClicks(value, u"say \"hi\""_qs);
        auto *summary = dialog->findChild<QLabel *>(u"bulkMetadataSummary"_qs);
        QCOMPARE(summary->text(), u"Changes 3 of 3 flags."_qs);
        std::vector<std::optional<QString>> before;
        for (int row = 0; row < 3; ++row)
            before.push_back(flagAt(row)->metadata);
        QTest::mouseClick(go, Qt::LeftButton);
        for (int row = 0; row < 3; ++row) {
            const auto flag = flagAt(row);
            const auto members = flags::jsonMembers(*flag->metadata);
            QVERIFY(members);
            QCOMPARE(members->back().name, u"team x"_qs);
            QCOMPARE(members->back().value, u"\"say \\\"hi\\\"\""_qs);
            const auto old = flags::jsonMembers(before[size_t(row)].value_or(u"{}"_qs));
            QCOMPARE(members->size(), old->size() + 1);
            QVERIFY(std::equal(old->begin(), old->end(), members->begin()));
        }
        QCOMPARE(m_workspace->draft().undoLabel(), u"set team x of 3 flags"_qs);
        m_workspace->draft().undo();
        QVERIFY(!m_workspace->draft().isChanged());
        m_workspace->draft().redo();

        // Removed again from two of them; the third keeps it.
        dialog = openBulkMetadata(1, 2);
        QVERIFY(dialog);
        QTest::mouseClick(dialog->findChild<QRadioButton *>(u"bulkMetadataRemove"_qs),
                          Qt::LeftButton, {}, QPoint(8, 8));
        name = dialog->findChild<QLineEdit *>(u"bulkMetadataName"_qs);
        QTest::mouseClick(name, Qt::LeftButton);
        QTest::keyClicks(name, u"team x"_qs);
        QVERIFY(!dialog->findChild<QLineEdit *>(u"bulkMetadataValue"_qs)->isEnabled());
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"bulkMetadataGo"_qs), Qt::LeftButton);
        QCOMPARE(m_workspace->draft().undoLabel(), u"remove team x from 2 flags"_qs);
        QVERIFY(flagAt(0)->metadata->contains(u"team x"_qs));
        for (int row = 1; row < 3; ++row)
            QVERIFY(!flagAt(row)->metadata.value_or(QString()).contains(u"team x"_qs));
        m_workspace->draft().undo();
        m_workspace->draft().undo();
        QVERIFY(!m_workspace->draft().isChanged());
    }

    void refusesMetadataThatIsNoValueOfItsType_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("a number") << u"number"_qs << u"-1.50"_qs << true;
        QTest::newRow("no number") << u"number"_qs << u"true"_qs << false;
        QTest::newRow("empty number") << u"number"_qs << QString() << false;
        QTest::newRow("a list") << u"JSON"_qs << u"[1, 2]"_qs << true;
        QTest::newRow("half a list") << u"JSON"_qs << u"[1, "_qs << false;
    }
    void refusesMetadataThatIsNoValueOfItsType()
    {
        QFETCH(QString, type);
        QFETCH(QString, value);
        QFETCH(bool, isTaken);
        QDialog *dialog = openBulkMetadata(0, 1);
        QVERIFY(dialog);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"bulkMetadataName"_qs), u"p"_qs);
        auto *types = dialog->findChild<QComboBox *>(u"bulkMetadataType"_qs);
        types->setFocus();
        QTest::keyClicks(types, type);
        QCOMPARE(types->currentText(), type);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"bulkMetadataValue"_qs), value);
        QCOMPARE(dialog->findChild<QPushButton *>(u"bulkMetadataGo"_qs)->isEnabled(), isTaken);
        QTest::keyClick(dialog, Qt::Key_Escape);
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
