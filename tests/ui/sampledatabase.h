// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <changes/align.h>
#include <features/parse.h>
#include <sample/sampleworkspace.h>
#include <workspace/workspace.h>

#include <QTest>

namespace edgewise::test {

inline workspace::Workspace::Node nodeAt(const QString &address, const QString &name)
{
    const Result<store::Source> source = store::Source::parse(address);
    return {name, source ? *source : store::Source(), {}};
}

/// Opens the database unlocked and waits for its first reading. Null when it does not come.
inline std::unique_ptr<workspace::Workspace>
openUnlocked(const QString &address, const QStringList &replicas, const Clock &clock)
{
    QList<workspace::Workspace::Node> nodes;
    for (const QString &replica : replicas)
        nodes.append(nodeAt(replica, QStringLiteral("replica-%1").arg(nodes.size() + 1)));
    auto workspace = std::make_unique<workspace::Workspace>(
        nodeAt(address, QStringLiteral("primary")), nodes, clock);
    workspace->unlock();
    workspace->start();
    const bool read = QTest::qWaitFor([&] { return workspace->primary().hasReading(); }, 20'000);
    return read ? std::move(workspace) : nullptr;
}

/// Creates Flipt's tables in an empty database or a new file.
inline bool initialise(const QString &address, const Clock &clock)
{
    store::Connection connection(nodeAt(address, {}).source, {}, clock);
    const QFuture<Result<void>> done = connection.initialise();
    return QTest::qWaitFor([&] { return done.isFinished(); }, 20'000) && done.result();
}

/// Saves the sample workspace into a database that has Flipt's tables, through the program's own
/// save.
inline bool loadSample(workspace::Workspace &workspace)
{
    const Result<features::Document> document =
        features::parse(sampleWorkspace(), features::Format::Yaml);
    if (!document)
        return false;
    const Result<void> edited = workspace.draft().edit(
        QStringLiteral("load"), [&](const flags::Snapshot &snapshot) -> Result<flags::Snapshot> {
            return changes::align(snapshot, document->snapshot, changes::AlignMode::Merge);
        });
    if (!edited || !workspace.save())
        return false;
    const auto isSaved = [&] {
        return workspace.lastSave()->isCommitted() && !workspace.draft().isChanged();
    };
    return QTest::qWaitFor(isSaved, 20'000);
}

} // namespace edgewise::test
