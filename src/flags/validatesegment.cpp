// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/constraintrules.h"
#include "flags/jsontext.h"
#include "flags/problems.h"
#include "flags/snapshot.h"

#include <algorithm>

namespace edgewise::flags {

namespace {

using Code = Problem::Code;
using Attribute = Location::Attribute;

/// Nothing when the value is not a list that the type takes.
std::optional<int> listLength(const Constraint &constraint)
{
    return constraint.type == NumberConstraint ? countJsonNumbers(constraint.value)
                                               : countJsonTexts(constraint.value);
}

/// Flipt accepts number values that are none, and the list operators on date-times; a prefix is
/// held against a trimmed text (Flipt: internal/server/evaluation/legacy_evaluator.go).
bool canMatch(const Constraint &constraint)
{
    const bool isIn = constraint.operatorName == u"isoneof";
    if (takesList(constraint.operatorName)) {
        if (constraint.type == DateTimeConstraint)
            return false;
        return !(isIn && listLength(constraint).value_or(0) == 0);
    }
    if (constraint.type == NumberConstraint)
        return isNumber(constraint.value);
    if (constraint.type == DateTimeConstraint) // years that left 0000-9999 are never read again
        return normalisedDateTime(constraint.value).has_value();
    if (constraint.operatorName == u"prefix")
        return !constraint.value.front().isSpace();
    if (constraint.operatorName == u"suffix")
        return !constraint.value.back().isSpace();
    return true;
}

void checkValue(ProblemList &problems, const Constraint &constraint)
{
    const QString &value = constraint.value;
    // A date-time must be one even where the operator takes no value.
    if (constraint.type == DateTimeConstraint && !value.isEmpty() && !normalisedDateTime(value)) {
        problems.error(Code::DateTimeInvalid, Attribute::Value, {value});
        return;
    }
    if (!takesValue(constraint.operatorName)) {
        if (!value.isEmpty())
            problems.warning(Code::ValueIgnored, Attribute::Value,
                             {constraint.operatorName, value});
        return;
    }
    if (value.isEmpty()) {
        problems.error(Code::ValueEmpty, Attribute::Value, {constraint.operatorName});
        return;
    }
    if (takesList(constraint.operatorName) && constraint.type != DateTimeConstraint) {
        const std::optional<int> length = listLength(constraint);
        const QString type = constraintTypeName(constraint.type);
        if (!length) {
            problems.error(Code::ListInvalid, Attribute::Value, {value, type});
            return;
        }
        if (*length > longestList)
            problems.error(Code::ListTooLong, Attribute::Value, {QString::number(*length), type});
    }
    if (!canMatch(constraint))
        problems.warning(Code::ConstraintNeverMatches, Attribute::Value,
                         {constraint.operatorName, value});
}

/// In the order of Flipt's checks; what hangs on a faulty part is not judged.
void checkConstraint(ProblemList &problems, const Constraint &constraint)
{
    problems.checkCreated(constraint.times);
    if (constraint.property.isEmpty())
        problems.error(Code::PropertyEmpty, Attribute::Property);
    const auto operators = operatorsOf(constraint.type);
    if (operators.empty())
        problems.error(Code::ConstraintTypeUnknown, Attribute::Type,
                       {QString::number(constraint.type)});
    if (constraint.operatorName.isEmpty()) {
        problems.error(Code::OperatorEmpty, Attribute::Operator);
        return;
    }
    if (operators.empty())
        return;
    if (constraint.type == EntityIdConstraint && constraint.property != u"entityId")
        problems.error(Code::PropertyNotEntityId, Attribute::Property, {constraint.property});
    if (std::find(operators.begin(), operators.end(), constraint.operatorName) == operators.end())
        problems.error(Code::OperatorInvalid, Attribute::Operator,
                       {constraint.operatorName, constraintTypeName(constraint.type)});
    else
        checkValue(problems, constraint);
}

bool sayTheSame(const Constraint &a, const Constraint &b)
{
    return a.type == b.type && a.property == b.property && a.operatorName == b.operatorName
           && a.value == b.value;
}

} // namespace

bool matchesEveryone(const Segment &segment)
{
    return segment.constraints.empty()
           && (segment.matchType == AllMatch || segment.matchType == AnyMatch);
}

void checkSegment(ProblemList &problems, const Segment &segment, const NamespaceKey &nameSpace)
{
    const Location place{Location::Part::Segment, nameSpace, segment.key.text(), {}, {}, -1, {}};
    problems.setPlace(place);
    checkKeyAndName(problems, segment.key.text(), segment.name);
    problems.checkCreated(segment.times);
    if (segment.matchType != AllMatch && segment.matchType != AnyMatch)
        problems.warning(Code::MatchTypeUnknown, Attribute::MatchType,
                         {QString::number(segment.matchType)});
    if (matchesEveryone(segment))
        problems.warning(Code::SegmentMatchesEveryone, Attribute::Object);

    for (size_t i = 0; i < segment.constraints.size(); ++i) {
        const Constraint &constraint = segment.constraints[i];
        Location inside = place;
        inside.part = Location::Part::Constraint;
        inside.id = constraint.id.text();
        inside.index = static_cast<int>(i);
        problems.setPlace(inside);
        checkConstraint(problems, constraint);
        for (size_t earlier = 0; earlier < i; ++earlier) {
            if (sayTheSame(segment.constraints[earlier], constraint)) {
                problems.warning(Code::ConstraintRepeated, Attribute::Object,
                                 {QString::number(earlier + 1)});
                break;
            }
        }
    }
}

} // namespace edgewise::flags
