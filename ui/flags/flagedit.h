// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>
#include <widgets/bucketruler.h>

#include <functional>

namespace edgewise::flags {
struct Problem;
}

namespace edgewise::flagspage {

/// One edit of a flag, made on its newest value, so that nothing that changed meanwhile is undone.
struct FlagEdit {
    QString label; ///< continues "undo": "remove rule 2"
    QString topic; ///< edits of one topic in a row are one step; empty for a step of its own
    std::function<void(flags::Flag &)> apply;
};

/// What the parts of the editor look at.
struct FlagContext {
    std::shared_ptr<const flags::Flag> flag;           ///< as the draft has it
    std::shared_ptr<const flags::Flag> saved;          ///< null when it was never saved
    std::shared_ptr<const flags::Namespace> nameSpace; ///< may be null
};

/// In the list, or null.
template <typename T, typename Id>
T *withId(std::vector<T> &list, const Id &id)
{
    for (T &each : list)
        if (each.id == id)
            return &each;
    return nullptr;
}
template <typename T, typename Id>
const T *withId(const std::vector<T> &list, const Id &id)
{
    for (const T &each : list)
        if (each.id == id)
            return &each;
    return nullptr;
}

/// Those whose place is `wanted`.
template <typename Problem, typename Wanted>
std::vector<Problem> problemsAt(const std::vector<Problem> &problems, Wanted wanted)
{
    std::vector<Problem> result;
    for (const Problem &problem : problems)
        if (wanted(problem.location))
            result.push_back(problem);
    return result;
}

/// Place of the variant in the flag, which is its colour; -1 for one that is not the flag's.
int variantIndex(const flags::Flag &flag, const VariantId &id);
/// The key of the flag's variant; the id of one that is not the flag's.
QString variantText(const flags::Flag &flag, const VariantId &id);

/// How the ranges are shown, in their order.
QList<widgets::BucketRuler::Look> looksOf(const evaluation::BucketLayout &layout,
                                          const flags::Flag &flag);

/// Moves the rule or rollout of that id to the place and counts the ranks anew from 1, as Flipt
/// does (Flipt: internal/storage/sql/common/rule.go, OrderRules).
void moveRule(flags::Flag &flag, const RuleId &id, int place);
void moveRollout(flags::Flag &flag, const RolloutId &id, int place);
/// Removes it and counts the ranks of the others anew from 1.
void removeRule(flags::Flag &flag, const RuleId &id);
void removeRollout(flags::Flag &flag, const RolloutId &id);
/// With its distributions; it is no default any more.
void removeVariant(flags::Flag &flag, const VariantId &id);

/// At the end, with the next rank. The id is given.
flags::Rule &addRule(flags::Flag &flag);
flags::Rollout &addThreshold(flags::Flag &flag);
flags::Rollout &addSegmentRollout(flags::Flag &flag);
/// With a key that the flag does not have yet.
flags::Variant &addVariant(flags::Flag &flag);

} // namespace edgewise::flagspage
