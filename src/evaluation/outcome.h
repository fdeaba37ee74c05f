// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace edgewise::evaluation {

/// What Flipt answers to one request. The views belong to the program and the request.
struct Outcome {
    enum class Kind { Variant, Boolean, Error };
    enum class Reason { Unknown, FlagDisabled, Match, Default };

    Kind kind = Kind::Error;
    Reason reason = Reason::Unknown;
    bool match = false;   ///< of a variant flag
    bool enabled = false; ///< of a boolean flag
    std::string_view flagKey;
    std::string_view variantKey;
    std::string_view variantAttachment;        ///< JSON without white space, or empty
    std::vector<std::string_view> segmentKeys; ///< that matched, ascending by bytes

    int status = 200;    ///< HTTP
    int code = 0;        ///< gRPC's, of an error
    std::string message; ///< of an error

    /// Index of the rule or rollout that ended the evaluation, in the flag's order of evaluation
    /// (CompiledFlag); -1 when none did.
    int decidedBy = -1;
    /// The entity's bucket, 0 to 999 of a rule and 0 to 99 of a threshold; -1 when none was asked.
    int bucket = -1;
};

/// Whether Flipt's answers are the same; not how they came about.
inline bool sameAnswer(const Outcome &a, const Outcome &b)
{
    return a.status == b.status && a.kind == b.kind && a.reason == b.reason && a.match == b.match
           && a.enabled == b.enabled && a.flagKey == b.flagKey && a.variantKey == b.variantKey
           && a.variantAttachment == b.variantAttachment && a.segmentKeys == b.segmentKeys
           && a.code == b.code && a.message == b.message;
}

struct BatchOutcome {
    int status = 200; ///< anything else: of the request that failed the whole batch
    int code = 0;
    std::string message;
    std::vector<Outcome> responses; ///< those with status 404 are answered, the others go on
};

} // namespace edgewise::evaluation
