// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/shares.h"

#include "models/splits.h"

#include <evaluation/text.h>

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using evaluation::AnswerKey;
using evaluation::CompiledFlag;
using evaluation::Tally;

namespace {

struct Shares {
    Q_DECLARE_TR_FUNCTIONS(edgewise::models::Shares)
};

QString splitText(const std::vector<double> &shares)
{
    QStringList texts;
    for (const double share : shares) {
        QString text = percentText(share);
        text.chop(2); // the sign stands once, at the end
        texts.append(text);
    }
    return texts.join(u" / "_qs) + u" %"_qs;
}

QString verdictOf(const GoodnessOfFit &fit, qint64 entities, const std::vector<double> &configured)
{
    const QString who = QLocale().toString(entities);
    const auto parts = std::ranges::count_if(configured, [](double share) { return share > 0; });
    if (parts < 2)
        return entities > 0 ? Shares::tr("All %1 get the same, as configured.").arg(who)
                            : QString();
    const QString split = splitText(configured);
    if (fit.freedom == 0)
        return Shares::tr("%1 are too few to judge the split %2.").arg(who, split);
    const double probability = fit.probability();
    const QString p = probabilityText(probability);
    if (probability < 0.01)
        return Shares::tr("The split of %1 does not agree with %2 (%3).").arg(who, split, p);
    if (probability < 0.05)
        return Shares::tr("The split of %1 is further from %2 than chance usually takes it (%3).")
            .arg(who, split, p);
    return Shares::tr("The split of %1 agrees with %2 (%3).").arg(who, split, p);
}

void measure(ShareGroup &group)
{
    for (Share &share : group.shares) {
        share.actual = group.entities > 0 ? double(share.count) / double(group.entities) : 0;
        share.interval = shareInterval(share.count, group.entities);
    }
}

void judge(ShareGroup &group)
{
    measure(group);
    std::vector<double> configured;
    for (const Share &share : group.shares)
        configured.push_back(share.configured.value_or(0));
    group.verdict = verdictOf(group.fit, group.entities, configured);
}

/// All entities of `counts` by answer, against what all steps promise together.
ShareGroup answersGroup(const CompiledFlag &flag, const Counts &counts, ShareGroup::Kind kind,
                        const QString &title)
{
    ShareGroup group;
    group.kind = kind;
    group.title = title;
    const std::vector<Split> splits = splitsOf(flag, counts);
    const std::map<QString, double> promise = promised(flag, counts, splits);
    const auto add = [&](const QString &answer, int colour, qint64 count) {
        const auto found = std::ranges::find(group.shares, answer, &Share::answer);
        if (found == group.shares.end())
            group.shares.push_back({answer, colour, count, 0, {}, {}});
        else
            found->count += count;
    };
    // In the order of the flag's variants, then what is none of them.
    if (flag.source->type == flags::BooleanFlag) {
        for (const bool value : {true, false}) {
            AnswerKey answer;
            answer.isBoolean = true;
            answer.value = value;
            add(answerName(answer), colourOf(*flag.source, answer), 0);
        }
    }
    for (size_t i = 0; i < flag.source->variants.size(); ++i)
        add(flag.source->variants[i].key, int(i), 0);
    for (const auto &[row, count] : counts) {
        group.entities += count;
        add(answerName(row.second), colourOf(*flag.source, row.second), count);
    }
    for (const auto &[answer, expected] : promise)
        add(answer, -1, 0);
    for (Share &share : group.shares) {
        const auto found = promise.find(share.answer);
        if (!splits.empty() && group.entities > 0)
            share.configured = found == promise.end() ? 0 : found->second / double(group.entities);
    }
    std::erase_if(group.shares, [](const Share &share) {
        return share.count == 0 && share.configured.value_or(0) == 0;
    });
    for (const Split &split : splits)
        group.fit.add(fitOf(split));
    if (splits.empty())
        measure(group);
    else
        judge(group);
    return group;
}

ShareGroup stepGroup(const Split &split)
{
    ShareGroup group;
    group.kind = ShareGroup::Kind::Step;
    group.title = split.title;
    group.entities = split.entities;
    for (const SplitPart &part : split.parts)
        group.shares.push_back({part.answer, part.colour, part.seen, 0, {}, part.configured});
    group.fit = fitOf(split);
    judge(group);
    return group;
}

QString stepName(const CompiledFlag &flag, int step, const AnswerKey &answer)
{
    if (answer.status != 200)
        return answerName(answer);
    if (answer.reason == evaluation::Outcome::Reason::FlagDisabled)
        return Shares::tr("the flag is off");
    if (step < 0)
        return flag.source->type == flags::BooleanFlag ? Shares::tr("no rollout matched")
                                                       : Shares::tr("no rule matched");
    return flag.source->type == flags::BooleanFlag ? Shares::tr("rollout %1").arg(step + 1)
                                                   : Shares::tr("rule %1").arg(step + 1);
}

ShareGroup stepsGroup(const CompiledFlag &flag, const Counts &counts)
{
    ShareGroup group;
    group.kind = ShareGroup::Kind::Steps;
    group.title = Shares::tr("What decided");
    const auto addRow = [&](const Tally::Row &row, qint64 count) {
        const QString name = stepName(flag, row.first, row.second);
        const auto found = std::ranges::find(group.shares, name, &Share::answer);
        if (found == group.shares.end())
            group.shares.push_back({name, -1, count, 0, {}, {}});
        else
            found->count += count;
        group.entities += count;
    };
    // In the order of evaluation, what no step decided at the end.
    for (const auto &[row, count] : counts) {
        if (row.first >= 0)
            addRow(row, count);
    }
    for (const auto &[row, count] : counts) {
        if (row.first < 0)
            addRow(row, count);
    }
    measure(group);
    return group;
}

} // namespace

QString percentText(double share)
{
    const double percent = share * 100;
    const bool isWhole = std::abs(percent - std::round(percent)) < 1e-9;
    return QLocale().toString(percent, 'f', isWhole ? 0 : 1) + u" %"_qs;
}

QString probabilityText(double probability)
{
    if (probability < 0.001)
        return u"p < "_qs + QLocale().toString(0.001, 'f', 3);
    return u"p = "_qs + QLocale().toString(probability, 'f', probability < 0.1 ? 3 : 2);
}

QString answerName(const AnswerKey &answer)
{
    if (answer.status == 404)
        return Shares::tr("no such flag");
    if (answer.status != 200)
        return Shares::tr("refused");
    if (answer.isBoolean)
        return answer.value ? Shares::tr("true") : Shares::tr("false");
    return answer.variant.isEmpty() ? Shares::tr("no variant") : answer.variant;
}

std::vector<ShareGroup> shareGroups(const evaluation::Program &program,
                                    const evaluation::Simulation &simulation, const Tally &tally)
{
    const auto *nameSpace = program.nameSpace(evaluation::utf8(simulation.nameSpace.text()));
    const CompiledFlag *flag =
        nameSpace ? nameSpace->flag(evaluation::utf8(simulation.flag.text())) : nullptr;
    if (!flag)
        return {};
    std::vector<ShareGroup> groups;
    groups.push_back(
        answersGroup(*flag, tally.counts, ShareGroup::Kind::All, Shares::tr("All entities")));
    for (const Split &split : splitsOf(*flag, tally.counts))
        groups.push_back(stepGroup(split));
    groups.push_back(stepsGroup(*flag, tally.counts));
    for (const auto &[value, counts] : tally.byValue) {
        const QString title = simulation.breakdown + u" = "_qs
                              + (value.isEmpty() ? Shares::tr("(missing or empty)") : value);
        groups.push_back(answersGroup(*flag, counts, ShareGroup::Kind::Value, title));
    }
    return groups;
}

} // namespace edgewise::models
