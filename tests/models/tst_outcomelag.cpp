// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/outcomelag.h>

#include <changes/changeset.h>
#include <flags/edit.h>
#include <store/connection.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using models::OutcomeLag;
using models::OutcomeShare;
using workspace::Workspace;
using namespace Qt::StringLiterals;

namespace {

const NamespaceKey lagNamespace{u"default"_qs};

flags::Flag switchedFlag(bool enabled)
{
    flags::Flag flag;
    flag.key = FlagKey(u"switch"_qs);
    flag.name = u"Switch"_qs;
    flag.type = flags::BooleanFlag;
    flag.enabled = enabled;
    return flag;
}

/// On for that share of all users.
flags::Flag rolledOut(double percentage)
{
    flags::Flag flag = switchedFlag(false);
    flag.key = FlagKey(u"rollout"_qs);
    flags::Rollout rollout;
    rollout.threshold = flags::Threshold{.id = {}, .percentage = percentage, .value = true};
    flag.rollouts.push_back(rollout);
    return flag;
}

flags::Snapshot withFlags(const QList<flags::Flag> &flagList)
{
    auto nameSpace = std::make_shared<flags::Namespace>();
    nameSpace->key = lagNamespace;
    for (const flags::Flag &flag : flagList)
        nameSpace->flags.push_back(std::make_shared<flags::Flag>(flag));
    flags::Snapshot snapshot;
    snapshot.namespaces.push_back(nameSpace);
    return snapshot;
}

std::optional<OutcomeShare> shareOf(const flags::Snapshot &a, const flags::Snapshot &b)
{
    evaluation::Progress progress;
    return models::outcomeShare(*evaluation::compile(a), *evaluation::compile(b), a, 10'000,
                                progress);
}

} // namespace

class TestOutcomeLag : public QObject {
    Q_OBJECT

private slots:
    void equalStatesMoveNobody()
    {
        const flags::Snapshot same = withFlags({switchedFlag(true), rolledOut(50)});
        QCOMPARE(shareOf(same, same), (OutcomeShare{.moved = 0, .users = 10'000, .flags = 0}));
    }

    void everybodyMovesWithASwitch()
    {
        QCOMPARE(shareOf(withFlags({switchedFlag(true)}), withFlags({switchedFlag(false)})),
                 (OutcomeShare{.moved = 10'000, .users = 10'000, .flags = 1}));
    }

    void aUserCountsOnceHoweverManyFlagsDiffer()
    {
        const auto share = shareOf(withFlags({rolledOut(10), switchedFlag(true)}),
                                   withFlags({rolledOut(13), switchedFlag(true)}));
        QVERIFY(share && share->flags == 1);
        // Three of a hundred buckets; the ids are the same each time.
        QVERIFY2(share->moved > 200 && share->moved < 400,
                 qPrintable(QString::number(share->moved)));
        QCOMPARE(shareOf(withFlags({rolledOut(10), switchedFlag(true)}),
                         withFlags({rolledOut(13), switchedFlag(false)})),
                 (OutcomeShare{.moved = 10'000, .users = 10'000, .flags = 2}));
    }

    void veryManyFlagsTakeFewerUsers()
    {
        QList<flags::Flag> on, off;
        for (int i = 0; i < 2000; ++i) {
            on.append(switchedFlag(true));
            off.append(switchedFlag(false));
            on.last().key = off.last().key = FlagKey(u"flag-%1"_qs.arg(i));
        }
        const auto share = shareOf(withFlags(on), withFlags(off));
        QCOMPARE(share->moved, share->users);
        QVERIFY(share->users >= 100 && share->users < 10'000);
    }

    void aWorkspaceIsFollowed()
    {
        constexpr int patience = 30000;
        QTemporaryDir folder;
        const QString p = folder.filePath(u"primary.db"_qs), r = folder.filePath(u"replica.db"_qs);
        for (const QString &path : {p, r})
            save(path, switchedFlag(true));
        const auto node = [](const QString &name, const QString &path) {
            return Workspace::Node{name, *store::Source::parse(path), {}};
        };
        Workspace workspace(node(u"primary"_qs, p), {node(u"replica-1"_qs, r)}, m_clock);
        workspace.start();
        OutcomeLag lag(workspace, 500);
        QVERIFY(!lag.share(r)); // nothing is known yet
        QTRY_COMPARE_WITH_TIMEOUT(lag.share(r),
                                  (OutcomeShare{.moved = 0, .users = 500, .flags = 0}), patience);
        QSignalSpy changed(&lag, &OutcomeLag::changed);
        save(p, rolledOut(100));
        // A flag that the replica has not: all of them get "not found" there.
        QTRY_COMPARE_WITH_TIMEOUT(lag.share(r),
                                  (OutcomeShare{.moved = 500, .users = 500, .flags = 1}), patience);
        QVERIFY(!changed.isEmpty() && changed.last()[0].toString() == r);
        save(r, rolledOut(100));
        QTRY_COMPARE_WITH_TIMEOUT(lag.share(r),
                                  (OutcomeShare{.moved = 0, .users = 500, .flags = 0}), patience);
        QVERIFY(QFile::remove(r)); // what cannot be read is no number
        QTRY_VERIFY_WITH_TIMEOUT(!lag.share(r), patience);
    }

private:
    /// Adds the flag to the file, which is made when it is not there.
    void save(const QString &path, const flags::Flag &flag)
    {
        store::Connection connection(*store::Source::parse(path), {}, m_clock);
        QVERIFY(connection.initialise().result());
        const auto reading = connection.read().result();
        QVERIFY(reading.has_value());
        const auto edited = flags::insertFlag(reading->snapshot, lagNamespace, flag);
        QVERIFY(edited.has_value());
        QVERIFY(connection.write(changes::diff(reading->snapshot, *edited), reading->snapshot)
                    .result()
                    .has_value());
    }

    SystemClock m_clock;
};

QTEST_GUILESS_MAIN(TestOutcomeLag)
#include "tst_outcomelag.moc"
