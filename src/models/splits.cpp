// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/splits.h"

#include "models/shares.h"

#include <evaluation/buckets.h>
#include <evaluation/text.h>

#include <QCoreApplication>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using evaluation::AnswerKey;
using evaluation::CompiledFlag;
using evaluation::CompiledRollout;

namespace {

struct Splits {
    Q_DECLARE_TR_FUNCTIONS(edgewise::models::Splits)
};

constexpr int trueColour = 2; ///< as thresholds are drawn everywhere
constexpr int falseColour = 5;

int variantColour(const flags::Flag &flag, const QString &variant)
{
    const auto found = std::ranges::find(flag.variants, variant, &flags::Variant::key);
    return found == flag.variants.end() ? -1 : int(found - flag.variants.begin());
}

void addPart(std::vector<SplitPart> &parts, const SplitPart &part)
{
    const auto found = std::ranges::find(parts, part.answer, &SplitPart::answer);
    if (found == parts.end()) {
        parts.push_back(part);
        return;
    }
    found->configured += part.configured;
    found->seen += part.seen;
}

QString segmentsText(const std::vector<SegmentKey> &keys, int segmentOperator)
{
    QStringList texts;
    for (const SegmentKey &key : keys)
        texts.append(key.text());
    return texts.join(segmentOperator == flags::AndOperator ? u" AND "_qs : u" OR "_qs);
}

Split ruleSplit(const CompiledFlag &flag, int step, const Counts &counts)
{
    const flags::Rule &rule = *flag.rules[size_t(step)].source;
    Split split;
    split.step = step;
    split.title = Splits::tr("Rule %1").arg(step + 1) + u" · "_qs
                  + segmentsText(rule.segments, rule.segmentOperator);
    const evaluation::BucketLayout layout = evaluation::buckets(rule);
    const auto share = [&](int buckets) { return double(buckets) / layout.count; };
    for (const evaluation::BucketRange &range : layout.ranges) {
        const auto variant =
            std::ranges::find(flag.source->variants, range.variant, &flags::Variant::id);
        const QString key =
            variant == flag.source->variants.end() ? range.variant.text() : variant->key;
        addPart(split.parts, {key, variantColour(*flag.source, key), share(range.width()), 0});
    }
    if (layout.unmatched < layout.count) {
        // A bucket that nobody gets leaves the flag's default, which is no match.
        const QString rest = flag.defaultVariant ? evaluation::fromUtf8(flag.defaultVariant->key)
                                                 : Splits::tr("no variant");
        addPart(split.parts, {rest, variantColour(*flag.source, rest),
                              share(layout.count - layout.unmatched), 0});
    }
    for (const auto &[row, count] : counts) {
        if (row.first != step || row.second.status != 200)
            continue;
        split.entities += count;
        addPart(split.parts,
                {answerName(row.second), colourOf(*flag.source, row.second), 0, count});
    }
    return split;
}

std::vector<Split> ruleSplits(const CompiledFlag &flag, const Counts &counts)
{
    std::vector<Split> splits;
    for (int step = 0; step < int(flag.rules.size()); ++step) {
        Split split = ruleSplit(flag, step, counts);
        if (split.entities > 0)
            splits.push_back(std::move(split));
    }
    return splits;
}

/// Of 200 answers alone.
qint64 decidedAt(const Counts &counts, int step)
{
    qint64 sum = 0;
    for (const auto &[row, count] : counts)
        sum += row.first == step && row.second.status == 200 ? count : 0;
    return sum;
}

std::vector<Split> thresholdSplits(const CompiledFlag &flag, const Counts &counts)
{
    std::vector<Split> splits;
    qint64 coming = 0;
    for (const auto &[row, count] : counts)
        coming += row.second.status == 200 ? count : 0;
    int taken = 0; ///< buckets below this have been decided by an earlier threshold
    for (int step = 0; step < int(flag.rollouts.size()) && coming > 0; ++step) {
        const CompiledRollout &rollout = flag.rollouts[size_t(step)];
        const qint64 decided = decidedAt(counts, step);
        if (rollout.kind == CompiledRollout::Kind::Threshold) {
            const int end = std::max(taken, evaluation::buckets(*rollout.source->threshold));
            const int left = evaluation::thresholdBuckets - taken;
            const double configured = left > 0 ? double(end - taken) / left : 0;
            const QString value = rollout.value ? Splits::tr("true") : Splits::tr("false");
            Split split{step, Splits::tr("Rollout %1 · threshold").arg(step + 1), coming, {}};
            split.parts = {{value, rollout.value ? trueColour : falseColour, configured, decided},
                           {Splits::tr("goes on"), -1, 1 - configured, coming - decided}};
            splits.push_back(std::move(split));
            taken = end;
        }
        coming -= decided;
    }
    return splits;
}

std::map<QString, double> promisedVariants(const Counts &counts, const std::vector<Split> &splits)
{
    std::map<QString, double> promise;
    for (const Split &split : splits) {
        for (const SplitPart &part : split.parts)
            promise[part.answer] += double(split.entities) * part.configured;
    }
    // What no percentage decides is promised as it came, as far as it came there.
    for (const auto &[row, count] : counts) {
        const bool isSplit = std::ranges::find(splits, row.first, &Split::step) != splits.end();
        if (!isSplit || row.second.status != 200)
            promise[answerName(row.second)] += double(count);
    }
    return promise;
}

/// A boolean flag has one hash for all thresholds, so a step's promise depends on the steps before.
std::map<QString, double> promisedBooleans(const CompiledFlag &flag, const Counts &counts,
                                           const std::vector<Split> &splits)
{
    std::map<QString, double> promise;
    double scale = 1; ///< how many would come to a step by the percentages, to one that came
    qint64 coming = 0;
    for (const auto &[row, count] : counts) {
        if (row.second.status == 200)
            coming += count;
        else
            promise[answerName(row.second)] += double(count);
    }
    for (int step = 0; step < int(flag.rollouts.size()); ++step) {
        const qint64 decided = decidedAt(counts, step);
        const QString value =
            flag.rollouts[size_t(step)].value ? Splits::tr("true") : Splits::tr("false");
        const auto split = std::ranges::find(splits, step, &Split::step);
        if (split == splits.end()) {
            promise[value] += scale * double(decided);
        } else {
            const double share = split->parts[0].configured;
            promise[value] += scale * double(coming) * share;
            if (coming > decided)
                scale *= (1 - share) * double(coming) / double(coming - decided);
        }
        coming -= decided;
    }
    promise[flag.source->enabled ? Splits::tr("true") : Splits::tr("false")] +=
        scale * double(coming);
    return promise;
}

} // namespace

int colourOf(const flags::Flag &flag, const AnswerKey &answer)
{
    if (answer.status != 200)
        return -1;
    if (answer.isBoolean)
        return answer.value ? trueColour : falseColour;
    return variantColour(flag, answer.variant);
}

std::vector<Split> splitsOf(const CompiledFlag &flag, const Counts &counts)
{
    return flag.source->type == flags::BooleanFlag ? thresholdSplits(flag, counts)
                                                   : ruleSplits(flag, counts);
}

GoodnessOfFit fitOf(const Split &split)
{
    std::vector<Category> categories;
    for (const SplitPart &part : split.parts)
        categories.push_back({part.configured, part.seen});
    return goodnessOfFit(categories);
}

std::map<QString, double> promised(const CompiledFlag &flag, const Counts &counts,
                                   const std::vector<Split> &splits)
{
    return flag.source->type == flags::BooleanFlag ? promisedBooleans(flag, counts, splits)
                                                   : promisedVariants(counts, splits);
}

} // namespace edgewise::models
