// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flagfilter.h"

#include <flags/jsonformat.h>

#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using Kind = FlagCondition::Kind;

namespace {

bool isYes(const QString &value)
{
    return value == u"yes" || value == u"true" || value == u"on" || value == u"enabled";
}

std::optional<FlagCondition> conditionOf(const QString &token)
{
    const bool wanted = !token.startsWith(u'-');
    const QString text = wanted ? token : token.sliced(1);
    const qsizetype colon = text.indexOf(u':');
    if (colon < 1 || colon == text.size() - 1)
        return std::nullopt;
    const QString name = text.first(colon);
    const QString value = text.sliced(colon + 1);
    const auto made = [&](Kind kind, const QString &of, bool is = true) {
        return FlagCondition{kind, of, is == wanted};
    };
    if (name == u"key")
        return made(Kind::Key, value);
    if (name == u"name")
        return made(Kind::Name, value);
    if (name == u"type")
        return made(Kind::Type, value);
    if (name == u"enabled")
        return made(Kind::Enabled, {}, isYes(value));
    if (name == u"meta" || name == u"metadata")
        return made(Kind::Metadata, value);
    if (name == u"tag")
        return made(Kind::Metadata, u"tag="_qs + value);
    if (name == u"used" || name == u"segment")
        return made(Kind::Uses, value);
    if (name == u"is" && (value == u"enabled" || value == u"disabled"))
        return made(Kind::Enabled, {}, value == u"enabled");
    if (name == u"is" && value == u"changed")
        return made(Kind::Changed, {});
    if (name == u"has" && value.startsWith(u"problem"))
        return made(Kind::Problems, {});
    return std::nullopt;
}

/// Whether the member's value, or an element of it, holds the text.
bool holdsText(const flags::JsonMember &member, const QString &text)
{
    const QStringList values =
        flags::jsonScalars(member.value)
            .value_or(QStringList(flags::textOfJson(member.value).value_or(member.value)));
    return std::ranges::any_of(
        values, [&](const QString &value) { return value.toCaseFolded().contains(text); });
}

bool hasMetadata(const flags::Flag &flag, const QString &wanted)
{
    if (!flag.metadata)
        return false;
    const auto members = flags::jsonMembers(*flag.metadata);
    if (!members)
        return false;
    const qsizetype sign = wanted.indexOf(u'=');
    const QString name = sign < 0 ? wanted : wanted.first(sign);
    return std::ranges::any_of(*members, [&](const flags::JsonMember &member) {
        const QString own = member.name.toCaseFolded();
        const bool named = own == name || (name == u"tag" && own == u"tags");
        return named && (sign < 0 || holdsText(member, wanted.sliced(sign + 1)));
    });
}

bool namesSegment(const std::vector<SegmentKey> &segments, const QString &key)
{
    return std::ranges::any_of(
        segments, [&](const SegmentKey &segment) { return segment.text().toCaseFolded() == key; });
}

bool usesSegment(const flags::Flag &flag, const QString &key)
{
    const bool byRule = std::ranges::any_of(
        flag.rules, [&](const flags::Rule &rule) { return namesSegment(rule.segments, key); });
    return byRule || std::ranges::any_of(flag.rollouts, [&](const flags::Rollout &rollout) {
               return std::ranges::any_of(rollout.segmentMatches,
                                          [&](const flags::SegmentMatch &match) {
                                              return namesSegment(match.segments, key);
                                          });
           });
}

bool conditionHolds(const FlagCondition &condition, const flags::Flag &flag, bool isChanged,
                    bool hasProblems)
{
    switch (condition.kind) {
    case Kind::Key:
        return flag.key.text().toCaseFolded().contains(condition.value);
    case Kind::Name:
        return flag.name.toCaseFolded().contains(condition.value);
    case Kind::Type:
        return flag.type == flags::BooleanFlag   ? u"boolean"_qs.startsWith(condition.value)
               : flag.type == flags::VariantFlag ? u"variant"_qs.startsWith(condition.value)
                                                 : QString::number(flag.type) == condition.value;
    case Kind::Enabled:
        return flag.enabled;
    case Kind::Metadata:
        return hasMetadata(flag, condition.value);
    case Kind::Uses:
        return usesSegment(flag, condition.value);
    case Kind::Changed:
        return isChanged;
    case Kind::Problems:
        return hasProblems;
    }
    return false;
}

} // namespace

bool FlagFilter::asksForProblems() const
{
    return std::ranges::find(conditions, Kind::Problems, &FlagCondition::kind) != conditions.end();
}

FlagFilter parseFlagFilter(const QString &text)
{
    static const QRegularExpression blanks(u"\\s+"_qs);
    FlagFilter filter;
    const QStringList tokens = text.toCaseFolded().split(blanks, Qt::SkipEmptyParts);
    for (const QString &token : tokens) {
        if (std::optional<FlagCondition> condition = conditionOf(token))
            filter.conditions.push_back(std::move(*condition));
        else
            filter.words.append(token);
    }
    return filter;
}

bool fits(const FlagFilter &filter, const flags::Flag &flag, bool isChanged, bool hasProblems)
{
    return std::ranges::all_of(filter.conditions, [&](const FlagCondition &condition) {
        return conditionHolds(condition, flag, isChanged, hasProblems) == condition.isWanted;
    });
}

} // namespace edgewise::models
