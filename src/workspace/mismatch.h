// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flipt/reply.h>

#include <optional>

namespace edgewise::workspace {

/// Why a running Flipt answers otherwise than the engine here.
enum class MismatchCause {
    Lag,         ///< it answers by another state of the flags
    Cache,       ///< it keeps an old state for the lifetime of its cache
    VersionRule, ///< it is of a version whose rules may be others
    Engine,      ///< the same state and version: the engine here is wrong
};

/// "lag", "cache", "version-rule", "engine": the word in data, never translated.
QString mismatchCauseName(MismatchCause cause);

/// What is known of two answers that went on to differ.
struct MismatchEvidence {
    /// One namespace that the question concerns.
    struct Space {
        QString key;
        std::optional<qint64> stamp; ///< state_modified_at here, nanoseconds since 1970
        QByteArray tag;              ///< what the Flipt calls its state; empty: not known
    };

    flipt::Reply engine;
    flipt::Reply answer;
    std::optional<flipt::Reply> atNode; ///< the engine's, by the database that the Flipt reads
    QString version;                    ///< the Flipt's
    flipt::CacheSettings cache;
    QList<Space> spaces;
    qint64 wallNow = 0; ///< nanoseconds since 1970
};

struct MismatchExplanation {
    MismatchCause cause = MismatchCause::Engine;
    QString why; ///< the evidence, as a phrase
};

/// A function of the evidence alone.
MismatchExplanation explainMismatch(const MismatchEvidence &evidence);

} // namespace edgewise::workspace
