// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/changeselection.h>

#include <flags/edit.h>
#include <models/changetreemodel.h>
#include <support/constants.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using reviewpage::ChangeSelection;
using test::defaultNamespace;

namespace {

flags::Flag flagNamed(const QString &key, const QString &name)
{
    flags::Flag flag;
    flag.key = FlagKey(key);
    flag.name = name;
    flag.variants.push_back({VariantId(key + u"-a"_qs), u"a"_qs, u"A"_qs, {}, {}, {}});
    flag.variants.push_back({VariantId(key + u"-b"_qs), u"b"_qs, u"B"_qs, {}, {}, {}});
    return flag;
}

} // namespace

class TestChangeSelection : public QObject {
    Q_OBJECT

    flags::Snapshot m_before;
    flags::Snapshot m_after;
    changes::ChangeSet m_changes;
    std::unique_ptr<models::ChangeTreeModel> m_model;
    std::unique_ptr<ChangeSelection> m_selection;

    QModelIndex line(const QString &text, const QModelIndex &parent = {}) const
    {
        for (int row = 0; row < m_selection->rowCount(parent); ++row)
            if (const QModelIndex index = m_selection->index(row, 0, parent);
                index.data().toString().contains(text))
                return index;
        return {};
    }
    void check(const QModelIndex &index, Qt::CheckState state)
    {
        QVERIFY(index.isValid());
        QVERIFY(m_selection->setData(index, state, Qt::CheckStateRole));
    }
    /// What the chosen changes make of the snapshot before.
    flags::Snapshot outcome() const
    {
        const auto after = changes::apply(m_before, m_selection->chosen(m_changes));
        return after ? *after : flags::Snapshot();
    }

private slots:
    void init()
    {
        flags::Namespace nameSpace;
        nameSpace.key = defaultNamespace;
        m_before = *flags::insertNamespace({}, nameSpace);
        m_before = *flags::insertFlag(m_before, defaultNamespace, flagNamed(u"old"_qs, u"Old"_qs));
        flags::Flag changed = flagNamed(u"old"_qs, u"Renamed"_qs);
        changed.variants[0].name = u"First"_qs;
        changed.variants[1].name = u"Second"_qs;
        m_after = *flags::replaceFlag(m_before, defaultNamespace, changed);
        m_after = *flags::insertFlag(m_after, defaultNamespace, flagNamed(u"new"_qs, u"New"_qs));
        m_changes = changes::diff(m_before, m_after);
        m_model = std::make_unique<models::ChangeTreeModel>();
        m_selection = std::make_unique<ChangeSelection>();
        m_selection->setSourceModel(m_model.get());
        m_model->setChanges(m_changes, m_before, m_after);
    }

    void choosesAllAtFirst()
    {
        QAbstractItemModelTester tester(m_selection.get());
        QVERIFY(m_selection->isAll());
        QCOMPARE(m_selection->chosenCount(), 2);
        QCOMPARE(m_selection->chosen(m_changes), m_changes);
        QCOMPARE(outcome(), m_after);
    }

    void leavesOutAWholeObject()
    {
        QSignalSpy changed(m_selection.get(), &ChangeSelection::selectionChanged);
        check(line(u"new"_qs), Qt::Unchecked);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(m_selection->chosenCount(), 1);
        QVERIFY(!outcome().nameSpace(defaultNamespace)->flag(FlagKey(u"new"_qs)));
        QCOMPARE(outcome().nameSpace(defaultNamespace)->flag(FlagKey(u"old"_qs))->name,
                 u"Renamed"_qs);
        m_selection->chooseAll();
        QCOMPARE(outcome(), m_after);
    }

    void leavesOutAPart()
    {
        const QModelIndex object = line(u"old"_qs);
        check(line(u"\"a\""_qs, object), Qt::Unchecked);
        QCOMPARE(object.data(Qt::CheckStateRole).toInt(), int(Qt::PartiallyChecked));
        const auto flag = outcome().nameSpace(defaultNamespace)->flag(FlagKey(u"old"_qs));
        QCOMPARE(flag->variants[0].name, u"A"_qs);
        QCOMPARE(flag->variants[1].name, u"Second"_qs);
        QCOMPARE(flag->name, u"Renamed"_qs);
    }

    void takesOnePartOfWhatWasLeftOut()
    {
        const QModelIndex object = line(u"old"_qs);
        check(object, Qt::Unchecked);
        check(line(u"\"b\""_qs, object), Qt::Checked);
        const auto flag = outcome().nameSpace(defaultNamespace)->flag(FlagKey(u"old"_qs));
        QCOMPARE(flag->variants[0].name, u"A"_qs);
        QCOMPARE(flag->variants[1].name, u"Second"_qs);
    }

    void partsOfWhatIsNewComeWithIt()
    {
        const QModelIndex object = line(u"new"_qs);
        const QModelIndex part = line(u"\"a\""_qs, object);
        QVERIFY(part.isValid());
        QVERIFY(!part.data(Qt::CheckStateRole).isValid());
        QVERIFY(!m_selection->setData(part, Qt::Unchecked, Qt::CheckStateRole));
    }

    void forgetsWhatIsNoLongerThere()
    {
        check(line(u"new"_qs), Qt::Unchecked);
        m_model->setChanges({}, m_before, m_before);
        QVERIFY(m_selection->isAll());
        m_model->setChanges(m_changes, m_before, m_after);
        QCOMPARE(m_selection->chosenCount(), 2);
    }
};

QTEST_GUILESS_MAIN(TestChangeSelection)
#include "tst_changeselection.moc"
