// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/changedocuments.h>

#include <flags/edit.h>
#include <support/constants.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::defaultNamespace;

class TestChangeDocuments : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    flags::Snapshot m_before;
    flags::Snapshot m_after;
    changes::ChangeSet m_changes;

private slots:
    void initTestCase()
    {
        flags::Namespace nameSpace;
        nameSpace.key = defaultNamespace;
        m_before = *flags::insertNamespace({}, nameSpace);
        flags::Flag flag;
        flag.key = FlagKey(u"night"_qs);
        flag.name = u"A ``` fence"_qs;
        m_after = *flags::insertFlag(m_before, defaultNamespace, flag);
        m_changes = changes::diff(m_before, m_after);
    }

    void goesThroughAFile()
    {
        const QString path = m_directory.filePath(u"draft.changes.json"_qs);
        QVERIFY(reviewpage::writeChanges(path, m_changes));
        const Result<changes::ChangeSet> read = reviewpage::readChanges(path);
        QVERIFY(read);
        QCOMPARE(*read, m_changes);
    }

    void refusesWhatCannotBe()
    {
        QCOMPARE(reviewpage::readChanges(m_directory.filePath(u"none"_qs)).error().kind,
                 Error::Kind::Input);
        const QString path = m_directory.filePath(u"other.json"_qs);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"hello\":1}");
        file.close();
        QVERIFY(!reviewpage::readChanges(path));
        QVERIFY(
            !reviewpage::writeChanges(m_directory.filePath(u"no/such/folder.json"_qs), m_changes));
    }

    void isWrittenForATicket()
    {
        const QString text = reviewpage::markdown(u"1 change to lab"_qs, u"because\nof it"_qs,
                                                  m_changes, m_before, m_after);
        QVERIFY(text.startsWith(u"### 1 change to lab\n\n> because\n> of it\n\n````\n"_qs));
        QVERIFY(text.endsWith(u"\n````\n"_qs)); // longer than the one within
        QVERIFY(text.contains(u"+ flag \"default/night\""_qs));
    }
};

QTEST_GUILESS_MAIN(TestChangeDocuments)
#include "tst_changedocuments.moc"
