// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <replication/judge.h>

#include <QMetaType>

namespace edgewise::replication {

/// One sample of one node, judged.
struct NodeSample {
    QString node; ///< as the user gave it
    Role role = Role::Replica;
    qint64 at = 0;                ///< when the answer was there; steady clock, nanoseconds
    qint64 wallAt = 0;            ///< the same moment, nanoseconds since 1970
    std::optional<quint64> index; ///< none while unreachable and while the log is empty
    QString logId;                ///< of the log that it follows; empty while not known
    std::optional<qint64> roundTripNanoseconds;
    Judgement judgement;
};

/// {"t","node","role","index","frames_behind","ms_behind","state","why"} in this order, without a
/// line break; what is not known is null.
QByteArray toJsonLine(const NodeSample &sample);

} // namespace edgewise::replication

Q_DECLARE_METATYPE(edgewise::replication::NodeSample)
