// SPDX-License-Identifier: GPL-3.0-or-later
#include "doctor/finding.h"

#include <algorithm>
#include <array>

namespace edgewise::doctor {

using namespace Qt::StringLiterals;

namespace {

using Code = flags::Problem::Code;

constexpr std::array codeNames{
    std::pair{Code::StampMissing, "stamp-missing"_L1},
    std::pair{Code::StampUnreadable, "stamp-unreadable"_L1},
    std::pair{Code::StampStale, "stamp-stale"_L1},
    std::pair{Code::OrphanRow, "orphan-row"_L1},
    std::pair{Code::StorageType, "storage-type"_L1},
    std::pair{Code::LinkOutside, "link-outside"_L1},
    std::pair{Code::DefaultVariantUnknown, "default-variant-unknown"_L1},
    std::pair{Code::VariantUnknown, "variant-unknown"_L1},
    std::pair{Code::SegmentUnknown, "segment-unknown"_L1},
    std::pair{Code::SegmentsEmpty, "segments-empty"_L1},
    std::pair{Code::BucketOrderTied, "bucket-order-tied"_L1},
    std::pair{Code::RankTied, "rank-tied"_L1},
    std::pair{Code::RankTaken, "rank-taken"_L1},
    std::pair{Code::RankNegative, "rank-negative"_L1},
    std::pair{Code::RankTooLarge, "rank-too-large"_L1},
    std::pair{Code::AttachmentNotJson, "attachment-not-json"_L1},
    std::pair{Code::MetadataNotObject, "metadata-not-object"_L1},
    std::pair{Code::MetadataEmptyText, "metadata-empty-text"_L1},
    std::pair{Code::ConstraintTypeUnknown, "constraint-type-unknown"_L1},
    std::pair{Code::FlagTypeUnknown, "flag-type-unknown"_L1},
    std::pair{Code::RolloutWithoutRule, "rollout-without-rule"_L1},
    std::pair{Code::RolloutTypeMismatch, "rollout-type-mismatch"_L1},
    std::pair{Code::PercentageNegative, "percentage-negative"_L1},
    std::pair{Code::PercentageTooLarge, "percentage-too-large"_L1},
    std::pair{Code::PercentageOutOfRange, "percentage-out-of-range"_L1},
    std::pair{Code::DuplicateKey, "duplicate-key"_L1},
};

constexpr std::array remedyNames{
    std::pair{Remedy::RenewStamp, "renew-stamp"_L1},
    std::pair{Remedy::RemoveOrphan, "remove-orphan"_L1},
    std::pair{Remedy::ClearDefaultVariant, "clear-default-variant"_L1},
    std::pair{Remedy::RemoveDistribution, "remove-distribution"_L1},
    std::pair{Remedy::RemoveSegmentLink, "remove-segment-link"_L1},
    std::pair{Remedy::RemoveRule, "remove-rule"_L1},
    std::pair{Remedy::RemoveRollout, "remove-rollout"_L1},
    std::pair{Remedy::SeparateTimes, "separate-times"_L1},
    std::pair{Remedy::Renumber, "renumber"_L1},
    std::pair{Remedy::QuoteAttachment, "quote-attachment"_L1},
    std::pair{Remedy::WrapMetadata, "wrap-metadata"_L1},
    std::pair{Remedy::ChooseConstraintType, "choose-constraint-type"_L1},
    std::pair{Remedy::ChooseFlagType, "choose-flag-type"_L1},
    std::pair{Remedy::ChooseRolloutType, "choose-rollout-type"_L1},
    std::pair{Remedy::LimitPercentage, "limit-percentage"_L1},
};

template <typename Names, typename Value>
QString nameIn(const Names &names, Value value)
{
    const auto found =
        std::ranges::find_if(names, [value](const auto &entry) { return entry.first == value; });
    return found == names.end() ? QString() : QString(found->second);
}

} // namespace

QString codeName(Code code)
{
    return nameIn(codeNames, code);
}

QString remedyName(Remedy remedy)
{
    return nameIn(remedyNames, remedy);
}

} // namespace edgewise::doctor
