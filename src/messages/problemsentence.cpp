// SPDX-License-Identifier: GPL-3.0-or-later
#include "messages/sentence.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace edgewise::messages {

namespace {

using Code = flags::Problem::Code;
using Part = flags::Location::Part;

/// What, why and what to do of one problem; %1 and %2 are its arguments.
const char *problemText(Code code)
{
    switch (code) {
    case Code::KeyEmpty:
        return QT_TRANSLATE_NOOP("Problem", "The key is empty. Give it one.");
    case Code::KeyInvalid:
        return QT_TRANSLATE_NOOP(
            "Problem", "Key \"%1\" has characters that Flipt does not allow. Use letters, "
                       "digits, \"-\", \"_\" and \",\" alone.");
    case Code::NameEmpty:
        return QT_TRANSLATE_NOOP("Problem", "The name is empty. Give it one.");
    case Code::DuplicateKey:
        return QT_TRANSLATE_NOOP("Problem", "Key \"%1\" exists already. Choose another one.");
    case Code::AttachmentNotJson:
        return QT_TRANSLATE_NOOP("Problem",
                                 "The attachment of variant \"%1\" is no JSON, so that every "
                                 "evaluation of the flag fails. Correct or empty it.");
    case Code::AttachmentTooLong:
        return QT_TRANSLATE_NOOP("Problem", "The attachment of variant \"%1\" has %2 bytes, and "
                                            "Flipt takes at most 1,024,000. Shorten it.");
    case Code::MetadataNotObject:
        return QT_TRANSLATE_NOOP("Problem",
                                 "The metadata is no JSON object, so that no list of the namespace "
                                 "can be read. Correct or empty it.");
    case Code::MetadataEmptyText:
        return QT_TRANSLATE_NOOP("Problem",
                                 "The metadata is an empty text instead of nothing, so that no "
                                 "list of the namespace can be read. Remove it.");
    case Code::ConstraintTypeUnknown:
        return QT_TRANSLATE_NOOP("Problem", "Constraint type %1 is unknown: every evaluation that "
                                            "reaches it fails. Choose a type.");
    case Code::PropertyEmpty:
        return QT_TRANSLATE_NOOP("Problem", "The property is empty. Name what is compared.");
    case Code::PropertyNotEntityId:
        return QT_TRANSLATE_NOOP("Problem", "The property is \"%1\", and for an entity constraint "
                                            "Flipt takes \"entityId\" alone.");
    case Code::OperatorEmpty:
        return QT_TRANSLATE_NOOP("Problem", "The operator is missing. Choose one.");
    case Code::OperatorInvalid:
        return QT_TRANSLATE_NOOP("Problem",
                                 "Operator \"%1\" is not valid for type %2. Choose another one.");
    case Code::ValueEmpty:
        return QT_TRANSLATE_NOOP("Problem", "Operator \"%1\" needs a value. Enter one.");
    case Code::ListInvalid:
        return QT_TRANSLATE_NOOP("Problem", "The value \"%1\" is no JSON list of type %2.");
    case Code::ListTooLong:
        return QT_TRANSLATE_NOOP("Problem", "The list of type %2 has %1 values, and Flipt takes at "
                                            "most 100. Split it over several constraints.");
    case Code::DateTimeInvalid:
        return QT_TRANSLATE_NOOP("Problem",
                                 "\"%1\" is no date that Flipt reads. Write 2026-01-31 or "
                                 "2026-01-31T12:00:00Z.");
    case Code::DefaultVariantUnknown:
        return QT_TRANSLATE_NOOP("Problem", "The default variant (%1) is none of this flag's, so "
                                            "that it is ignored. Choose one of them, or none.");
    case Code::SegmentsEmpty:
        return QT_TRANSLATE_NOOP("Problem", "There is no segment: evaluation passes over it, and "
                                            "Flipt's export fails on it. Choose one.");
    case Code::SegmentUnknown:
        return QT_TRANSLATE_NOOP("Problem", "Segment \"%1\" does not exist in this namespace. "
                                            "Create it, or choose another one.");
    case Code::SegmentRepeated:
        return QT_TRANSLATE_NOOP("Problem", "Segment \"%1\" is there twice. Remove one of them.");
    case Code::RankNotPositive:
        return QT_TRANSLATE_NOOP("Problem",
                                 "The rank is %1, and Flipt counts from 1. Order the list anew.");
    case Code::RankNegative:
        return QT_TRANSLATE_NOOP("Problem", "The rank is %1: every evaluation of the flag fails. "
                                            "Order the list anew.");
    case Code::RankTooLarge:
        return QT_TRANSLATE_NOOP("Problem", "The rank %1 is larger than Flipt can read: the flag's "
                                            "evaluation fails. Order the list anew.");
    case Code::RankTaken:
        return QT_TRANSLATE_NOOP("Problem",
                                 "Another rollout has rank %1 already. Order the list anew.");
    case Code::VariantUnknown:
        return QT_TRANSLATE_NOOP("Problem",
                                 "The variant (%1) does not exist. Choose one of the flag's.");
    case Code::PercentageNegative:
        return QT_TRANSLATE_NOOP("Problem", "%1 % is below 0. Enter a share from 0 to 100.");
    case Code::PercentageTooLarge:
        return QT_TRANSLATE_NOOP("Problem", "%1 % is over 100. Enter a share from 0 to 100.");
    case Code::PercentageOutOfRange:
        return QT_TRANSLATE_NOOP("Problem",
                                 "The threshold %1 % is not between 0 and 100. Correct it.");
    case Code::RolloutWithoutRule:
        return QT_TRANSLATE_NOOP("Problem",
                                 "The rollout has neither threshold nor segment, so that clients "
                                 "cannot fetch the namespace. Complete or delete it.");
    case Code::RolloutTypeMismatch:
        return QT_TRANSLATE_NOOP(
            "Problem", "The rollout's type (%1) is not that of its parts, so that clients "
                       "cannot fetch the namespace. Delete it and create it anew.");
    case Code::FlagTypeUnknown:
        return QT_TRANSLATE_NOOP("Problem", "Flag type %1 is unknown: no evaluation answers it.");
    case Code::MatchTypeUnknown:
        return QT_TRANSLATE_NOOP(
            "Problem", "Match type %1 is unknown: the segment matches nobody. Choose all or any.");
    case Code::SegmentOperatorUnknown:
        return QT_TRANSLATE_NOOP("Problem", "Segment operator %1 is unknown: it passes for "
                                            "everyone. Choose OR or AND.");
    case Code::RulesOnBoolean:
        return QT_TRANSLATE_NOOP(
            "Problem", "A boolean flag has no use for its rules (%1): evaluation ignores them.");
    case Code::RolloutsOnVariant:
        return QT_TRANSLATE_NOOP(
            "Problem", "A variant flag has no use for its rollouts (%1): evaluation ignores them.");
    case Code::RankTied:
        return QT_TRANSLATE_NOOP("Problem", "Several rules have rank %1: which comes first hangs "
                                            "on their ids. Order the list anew.");
    case Code::RolloutBothKinds:
        return QT_TRANSLATE_NOOP("Problem", "The rollout has a threshold and segments: the "
                                            "threshold decides, the segments are ignored.");
    case Code::RolloutManySegmentRows:
        return QT_TRANSLATE_NOOP("Problem", "The rollout has %1 segment rows where Flipt writes "
                                            "one. Delete it and create it anew.");
    case Code::VariantOfOtherFlag:
        return QT_TRANSLATE_NOOP("Problem",
                                 "Variant \"%1\" belongs to flag \"%2\". Choose one of this flag.");
    case Code::VariantRepeated:
        return QT_TRANSLATE_NOOP("Problem",
                                 "Variant \"%1\" is there twice in this rule. Join its shares.");
    case Code::SumUnder100:
        return QT_TRANSLATE_NOOP("Problem", "The shares add up to %1 %: the rest gets the default "
                                            "variant and no match, and no later rule.");
    case Code::SumOver100:
        return QT_TRANSLATE_NOOP("Problem", "The shares add up to %1 %: what is over 100 is never "
                                            "served.");
    case Code::PercentageLost:
        return QT_TRANSLATE_NOOP("Problem", "%1 % is less than one of the 1000 buckets: nobody "
                                            "gets it. Use steps of 0.1.");
    case Code::BucketOrderTied:
        return QT_TRANSLATE_NOOP("Problem",
                                 "Two distributions have the same creation time (%1): which "
                                 "entities they serve hangs on the order of the rows.");
    case Code::RuleUnreachable:
        return QT_TRANSLATE_NOOP("Problem", "Rule %1 before it matches everyone: this one is never "
                                            "reached. Move or delete it.");
    case Code::RolloutUnreachable:
        return QT_TRANSLATE_NOOP("Problem", "Rollout %1 before it decides for everyone: this one "
                                            "is never reached. Move or delete it.");
    case Code::ThresholdStacked:
        return QT_TRANSLATE_NOOP("Problem",
                                 "An earlier threshold has decided for %2 % already, of the same "
                                 "entities: this one of %1 % reaches the difference alone.");
    case Code::ThresholdFractional:
        return QT_TRANSLATE_NOOP("Problem", "Thresholds count whole percents: %1 % serves %2 %.");
    case Code::ThresholdNever:
        return QT_TRANSLATE_NOOP("Problem", "A threshold of 0 % decides for nobody.");
    case Code::SegmentUnused:
        return QT_TRANSLATE_NOOP("Problem", "No rule and no rollout uses this segment.");
    case Code::SegmentMatchesEveryone:
        return QT_TRANSLATE_NOOP("Problem", "The segment has no constraints: it matches everyone.");
    case Code::ConstraintRepeated:
        return QT_TRANSLATE_NOOP("Problem", "Constraint %1 says the same. Remove one of them.");
    case Code::ConstraintNeverMatches:
        return QT_TRANSLATE_NOOP("Problem", "\"%1\" with value \"%2\" can never be true.");
    case Code::ValueIgnored:
        return QT_TRANSLATE_NOOP("Problem", "Operator \"%1\" takes no value: \"%2\" is ignored.");
    case Code::TimeUnreadable:
        return QT_TRANSLATE_NOOP("Problem", "Flipt cannot read the time \"%1\" over libSQL: it is "
                                            "missing in its answers.");
    case Code::TimeUnsortable:
        return QT_TRANSLATE_NOOP("Problem", "The time \"%1\" is not in Flipt's own form, so that "
                                            "it sorts wrongly beside others.");
    case Code::StampMissing:
        return QT_TRANSLATE_NOOP("Problem",
                                 "The namespace has no version stamp yet: clients fetch it whole "
                                 "each time. The next save writes one.");
    case Code::StampUnreadable:
        return QT_TRANSLATE_NOOP("Problem", "Flipt cannot read the version stamp \"%1\": clients "
                                            "fetch the namespace whole each time. The next save "
                                            "writes a new one.");
    case Code::StampStale:
        return QT_TRANSLATE_NOOP("Problem",
                                 "Something was written at %2, after the version stamp %1: clients "
                                 "and caches do not see it. Renew the stamp.");
    case Code::OrphanRow:
        return QT_TRANSLATE_NOOP("Problem", "A row of %1 is left over: there is no %2. Nothing "
                                            "shows it, and it would return with its owner. Remove "
                                            "it.");
    case Code::StorageType:
        return QT_TRANSLATE_NOOP("Problem", "%1 of row %2 holds something of another type, so that "
                                            "Flipt cannot read the row. Correct it in SQL.");
    case Code::LinkOutside:
        return QT_TRANSLATE_NOOP("Problem", "Row %2 of %1 names a segment of another namespace, "
                                            "which only SQL can do. Correct it there.");
    }
    return "";
}

QString partText(const char *text)
{
    return QCoreApplication::translate("Place", text);
}

QString numbered(const char *text, int index)
{
    return index < 0 ? QString() : u", "_qs + partText(text).arg(index + 1);
}

} // namespace

QString sentence(const flags::Problem &problem)
{
    const QString text = QCoreApplication::translate("Problem", problemText(problem.code));
    const auto argument = [&](qsizetype index) {
        constexpr qsizetype longest = 200;
        const QString words = problem.arguments.value(index).simplified();
        return words.size() > longest ? words.left(longest) + u'…' : words;
    };
    if (text.contains(u"%2"))
        return text.arg(argument(0), argument(1));
    return text.contains(u"%1") ? text.arg(argument(0)) : text;
}

QString place(const flags::Location &location)
{
    const bool ofSegment = location.part == Part::Segment || location.part == Part::Constraint;
    if (location.part == Part::Namespace)
        return partText(QT_TRANSLATE_NOOP("Place", "namespace %1")).arg(location.nameSpace.text());
    const char *owner = ofSegment ? QT_TRANSLATE_NOOP("Place", "segment %1 in %2")
                                  : QT_TRANSLATE_NOOP("Place", "flag %1 in %2");
    // Rows whose owner is not known stand for themselves.
    if (location.owner.isEmpty())
        return partText(QT_TRANSLATE_NOOP("Place", "row %1")).arg(location.id);
    const QString whole = partText(owner).arg(location.owner, location.nameSpace.text());
    switch (location.part) {
    case Part::Constraint:
        return whole + numbered(QT_TRANSLATE_NOOP("Place", "constraint %1"), location.index);
    case Part::Variant:
        return whole + numbered(QT_TRANSLATE_NOOP("Place", "variant %1"), location.index);
    case Part::Rule:
        return whole + numbered(QT_TRANSLATE_NOOP("Place", "rule %1"), location.index);
    case Part::Distribution:
        return whole + numbered(QT_TRANSLATE_NOOP("Place", "distribution %1"), location.index);
    case Part::Rollout:
        return whole + numbered(QT_TRANSLATE_NOOP("Place", "rollout %1"), location.index);
    default:
        return whole;
    }
}

} // namespace edgewise::messages
