// SPDX-License-Identifier: GPL-3.0-or-later
#include "edgechecks.h"

#include <models/outcomelag.h>
#include <replication/edgepane.h>
#include <replication/paritypane.h>
#include <replication/replicationpage.h>
#include <workspace/edgemeasure.h>
#include <workspace/parityrequests.h>
#include <workspace/workspace.h>

namespace edgewise {

using replicationpage::ParityPane;
using workspace::FliptFeed;
using workspace::ParityRun;
using workspace::Workspace;

namespace {

constexpr int evaluations = 100;    // of each Flipt, one after the other
constexpr qsizetype requests = 300; // made of the flags, to each Flipt

QList<FliptFeed::Address> addressesOf(const Workspace &workspace)
{
    QList<FliptFeed::Address> addresses;
    const QList<FliptFeed *> feeds = workspace.flipts();
    for (const FliptFeed *feed : feeds)
        addresses.append(feed->address());
    return addresses;
}

/// The database of that node as it is now, read through the workspace's own connection.
ParityRun::Read readerOf(Workspace &workspace, int node)
{
    return [&workspace, node] {
        return workspace.reader(node)
            .read(workspace.primary().reading().snapshot)
            .then([](const Result<store::Reading> &reading) -> Result<flags::Snapshot> {
                if (!reading)
                    return reading.error();
                return reading->snapshot;
            });
    };
}

ParityRun::Read readerOf(Workspace &workspace, const QString &node)
{
    if (node == workspace.primaryNode().source.text)
        return readerOf(workspace, 0);
    for (int i = 0; i < workspace.replicaNodes().size(); ++i) {
        if (workspace.replicaNodes()[i].source.text == node)
            return readerOf(workspace, i + 1);
    }
    return {};
}

ParityPane::Job parityOf(Workspace &workspace, const Clock &clock, std::vector<QByteArray> lines)
{
    ParityPane::Job job;
    QList<ParityRun::Edge> edges;
    const QList<FliptFeed::Address> addresses = addressesOf(workspace);
    for (const FliptFeed::Address &address : addresses) {
        edges.append({.url = address.base,
                      .token = address.token,
                      .node = readerOf(workspace, address.node)});
        job.flipts.append(address.name);
    }
    if (edges.isEmpty())
        return job;
    if (lines.empty())
        lines = workspace::parityRequests(workspace.primary().reading().snapshot, requests);
    job.run = std::make_unique<ParityRun>(readerOf(workspace, 0), edges, std::move(lines), clock);
    return job;
}

} // namespace

void addEdgeChecks(replicationpage::ReplicationPage &page, Workspace &workspace, const Clock &clock)
{
    page.edge()->setMake([&workspace, &clock] {
        return std::make_unique<workspace::EdgeMeasure>(
            addressesOf(workspace), workspace.primary().reading().snapshot, evaluations, clock);
    });
    page.parity()->setMake([&workspace, &clock](std::vector<QByteArray> lines) {
        return parityOf(workspace, clock, std::move(lines));
    });
    page.setOutcomes(new models::OutcomeLag(workspace, models::usersAtOnce, &page));
}

} // namespace edgewise
