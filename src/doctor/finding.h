// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/validate.h>

/// What is wrong with a database, and what makes it good: faults that break Flipt, or that rows
/// have which no Flipt would have written.
namespace edgewise::doctor {

enum class Remedy {
    None, ///< no change set can make it good, or a person has to decide
    RenewStamp,
    RemoveOrphan,
    ClearDefaultVariant,
    RemoveDistribution,
    RemoveSegmentLink, ///< and the rule or rollout with its last one
    RemoveRule,
    RemoveRollout,
    SeparateTimes,        ///< the buckets stay where they are
    Renumber,             ///< 1 to n, in the order in which Flipt takes them
    QuoteAttachment,      ///< the text becomes a JSON text; an empty one becomes none
    WrapMetadata,         ///< the text becomes the member "text" of an object; an empty one none
    ChooseConstraintType, ///< the first one that has the operator
    ChooseFlagType,       ///< boolean where only rollouts say so
    ChooseRolloutType,    ///< the one of its parts
    LimitPercentage,      ///< to 0 … 100
};

struct Finding {
    flags::Problem problem;
    Remedy remedy = Remedy::None;
    /// Whether Flipt answers every evaluation after the remedy as it did before. Where the fault
    /// made it fail, it does not.
    bool keepsAnswers = true;
};

/// For programs: "bucket-order-tied". Empty for a code that no finding has.
QString codeName(flags::Problem::Code code);
/// "separate-times"; empty for None.
QString remedyName(Remedy remedy);

} // namespace edgewise::doctor
