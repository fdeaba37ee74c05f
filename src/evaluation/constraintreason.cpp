// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/constraintreason.h"

#include "evaluation/number.h"
#include "evaluation/text.h"

#include <QCoreApplication>

namespace edgewise::evaluation {

using namespace Qt::StringLiterals;

namespace {

struct Reasons {
    Q_DECLARE_TR_FUNCTIONS(edgewise::evaluation::Reasons)
};

constexpr qsizetype longestShown = 200; ///< characters of a value in a reason

QString quote(const QString &text)
{
    const QString shown =
        text.size() > longestShown ? text.first(longestShown) + QChar(0x2026) : text;
    return u"“"_qs + shown + u"”"_qs;
}

/// The relation that holds between the value seen and the one wanted; %1 and %2.
QString relation(Test test, bool passed)
{
    switch (test) {
    case Test::Empty:
    case Test::NotEmpty:
        return (test == Test::Empty) == passed ? Reasons::tr("%1 is empty")
                                               : Reasons::tr("%1 is not empty");
    case Test::Equal:
    case Test::NotEqual:
        return (test == Test::Equal) == passed ? Reasons::tr("%1 is %2")
                                               : Reasons::tr("%1 is not %2");
    case Test::Prefix:
        return passed ? Reasons::tr("%1 begins with %2") : Reasons::tr("%1 does not begin with %2");
    case Test::Suffix:
        return passed ? Reasons::tr("%1 ends with %2") : Reasons::tr("%1 does not end with %2");
    case Test::Contains:
    case Test::NotContains:
        return (test == Test::Contains) == passed ? Reasons::tr("%1 contains %2")
                                                  : Reasons::tr("%1 does not contain %2");
    case Test::OneOf:
    case Test::NotOneOf:
        return (test == Test::OneOf) == passed ? Reasons::tr("%1 is in the list")
                                               : Reasons::tr("%1 is not in the list");
    case Test::NumberOneOf:
    case Test::NumberNotOneOf:
        return (test == Test::NumberOneOf) == passed ? Reasons::tr("%1 is in the list")
                                                     : Reasons::tr("%1 is not in the list");
    case Test::NumberEqual:
    case Test::NumberNotEqual:
        return (test == Test::NumberEqual) == passed ? Reasons::tr("%1 equals %2")
                                                     : Reasons::tr("%1 does not equal %2");
    case Test::NumberLess:
        return passed ? Reasons::tr("%1 is less than %2") : Reasons::tr("%1 is not less than %2");
    case Test::NumberLessOrEqual:
        return passed ? Reasons::tr("%1 is at most %2") : Reasons::tr("%1 is not at most %2");
    case Test::NumberGreater:
        return passed ? Reasons::tr("%1 is greater than %2")
                      : Reasons::tr("%1 is not greater than %2");
    case Test::NumberGreaterOrEqual:
        return passed ? Reasons::tr("%1 is at least %2") : Reasons::tr("%1 is not at least %2");
    case Test::True:
    case Test::False:
        return (test == Test::True) == passed ? Reasons::tr("%1 means true")
                                              : Reasons::tr("%1 means false");
    case Test::InstantEqual:
    case Test::InstantNotEqual:
        return (test == Test::InstantEqual) == passed ? Reasons::tr("%1 is the same time as %2")
                                                      : Reasons::tr("%1 is another time than %2");
    case Test::InstantBefore:
        return passed ? Reasons::tr("%1 is before %2") : Reasons::tr("%1 is not before %2");
    case Test::InstantBeforeOrEqual:
        return passed ? Reasons::tr("%1 is not after %2") : Reasons::tr("%1 is after %2");
    case Test::InstantAfter:
        return passed ? Reasons::tr("%1 is after %2") : Reasons::tr("%1 is not after %2");
    case Test::InstantAfterOrEqual:
        return passed ? Reasons::tr("%1 is not before %2") : Reasons::tr("%1 is before %2");
    case Test::Never:
        break;
    }
    return {};
}

/// Why no value at all can pass.
QString impossible(const flags::Constraint &constraint)
{
    const QString &name = constraint.operatorName;
    const bool isList = name == u"isoneof" || name == u"isnotoneof";
    const bool isNumberOperator =
        QStringList{u"eq"_qs, u"neq"_qs, u"lt"_qs, u"lte"_qs, u"gt"_qs, u"gte"_qs}.contains(name);
    switch (constraint.type) {
    case flags::StringConstraint:
    case flags::EntityIdConstraint:
        if (isList)
            return Reasons::tr("the constraint's value is no JSON list of texts");
        break;
    case flags::NumberConstraint:
        if (isList)
            return Reasons::tr("the constraint's value is no JSON list of numbers");
        if (isNumberOperator)
            return Reasons::tr("the constraint's value is not a number: %1")
                .arg(quote(constraint.value));
        break;
    case flags::DateTimeConstraint:
        if (isNumberOperator)
            return Reasons::tr("the constraint's value is not a date: %1")
                .arg(quote(constraint.value));
        break;
    default:
        break;
    }
    return Reasons::tr("the operator %1 is never true for this type").arg(quote(name));
}

/// Why a value that is there cannot be tested, or an empty text when it can.
QString unreadable(Test test, const QString &seen)
{
    const std::string value = utf8(seen);
    if (test >= Test::InstantEqual)
        return parseInstant(value) ? QString() : Reasons::tr("not a date: %1").arg(quote(seen));
    if (test >= Test::True)
        return parseBoolean(value) ? QString() : Reasons::tr("not a boolean: %1").arg(quote(seen));
    if (test >= Test::NumberEqual)
        return parseNumber(value) ? QString() : Reasons::tr("not a number: %1").arg(quote(seen));
    return {};
}

} // namespace

QString constraintReason(const flags::Constraint &constraint, const CompiledConstraint &compiled,
                         const QString &seen, bool missing)
{
    if (!hasKnownType(constraint)) {
        return Reasons::tr("the type %1 is unknown: Flipt refuses the request")
            .arg(constraint.type);
    }
    if (compiled.test == Test::Never)
        return impossible(constraint);
    const bool needsValue = compiled.test != Test::Empty && compiled.test != Test::NotEmpty;
    if (missing)
        return Reasons::tr("the context has no %1").arg(quote(constraint.property));
    if (needsValue && seen.isEmpty())
        return Reasons::tr("the value is empty");
    if (needsValue) {
        if (const QString problem = unreadable(compiled.test, seen); !problem.isEmpty())
            return problem;
    }
    // Both at once: a value may hold a place marker of its own.
    const QString phrase = relation(compiled.test, passes(compiled, utf8(seen)));
    return phrase.contains(u"%2") ? phrase.arg(quote(seen), quote(constraint.value))
                                  : phrase.arg(quote(seen));
}

} // namespace edgewise::evaluation
