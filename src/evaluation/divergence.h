// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/trace.h>

namespace edgewise::evaluation {

/// Where two evaluations part: the earliest thing that one of them found otherwise than the other.
struct Divergence {
    enum class Place {
        Flag,       ///< missing, refused, another kind, off on one side, another default
        Step,       ///< a rule or rollout that only one side has, or whose operator differs
        Segment,    ///< there on one side only, or with another match type
        Constraint, ///< passes on one side only
        Bucket,     ///< the same bucket, or range, does not get the same answer
    };

    Place place = Place::Flag;
    int stepA = -1; ///< index in a.steps; -1 when there is none
    int stepB = -1;
    QString segment;      ///< key
    int constraintA = -1; ///< index in the segment's constraints
    int constraintB = -1;
    QString reasonA; ///< what each side found there, as a phrase
    QString reasonB;

    friend bool operator==(const Divergence &, const Divergence &) = default;
};

/// Nothing when both give the same answer for the same reasons. Steps are matched by id, so a rule
/// that was inserted and does not match is no divergence.
std::optional<Divergence> firstDivergence(const Trace &a, const Trace &b);

} // namespace edgewise::evaluation
