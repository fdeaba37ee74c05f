// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <replication/judge.h>
#include <window/nodestrip.h>

namespace edgewise::workspace {
class FliptFeed;
}

namespace edgewise::window {

/// The look of a state: shape, colour and word.
theme::State lookOf(replication::State state);
QString wordOf(replication::State state);

/// A node's judgement as its chip shows it: the position while it keeps up, else how far it is
/// behind in frames and in time. What is unknown is a dash, never a zero.
NodeStatus statusOf(const QString &name, const replication::Judgement &judgement,
                    std::optional<quint64> replicationIndex);

/// A Flipt's health and version as its chip shows them.
NodeStatus statusOf(const workspace::FliptFeed &flipt);

} // namespace edgewise::window
