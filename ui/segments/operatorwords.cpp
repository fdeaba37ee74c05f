// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/values.h>
#include <segments/operatorwords.h>

#include <QCoreApplication>
#include <QHash>

namespace edgewise::segmentspage {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("OperatorWords", text);
}

const char *dateTimeText(const QString &operatorName)
{
    static const QHash<QString, const char *> texts{
        {u"eq"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is")},
        {u"neq"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is not")},
        {u"lt"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is before")},
        {u"lte"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is before or at")},
        {u"gt"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is after")},
        {u"gte"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is after or at")}};
    return texts.value(operatorName);
}

const char *plainText(const QString &operatorName)
{
    static const QHash<QString, const char *> texts{
        {u"eq"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is")},
        {u"neq"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is not")},
        {u"lt"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is less than")},
        {u"lte"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is at most")},
        {u"gt"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is greater than")},
        {u"gte"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is at least")},
        {u"empty"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is empty")},
        {u"notempty"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is not empty")},
        {u"prefix"_qs, QT_TRANSLATE_NOOP("OperatorWords", "begins with")},
        {u"suffix"_qs, QT_TRANSLATE_NOOP("OperatorWords", "ends with")},
        {u"contains"_qs, QT_TRANSLATE_NOOP("OperatorWords", "contains")},
        {u"notcontains"_qs, QT_TRANSLATE_NOOP("OperatorWords", "does not contain")},
        {u"isoneof"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is one of")},
        {u"isnotoneof"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is none of")},
        {u"present"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is present")},
        {u"notpresent"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is not present")},
        {u"true"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is true")},
        {u"false"_qs, QT_TRANSLATE_NOOP("OperatorWords", "is false")}};
    return texts.value(operatorName);
}

} // namespace

QString operatorText(int constraintType, const QString &operatorName)
{
    const char *text =
        constraintType == flags::DateTimeConstraint ? dateTimeText(operatorName) : nullptr;
    if (!text)
        text = plainText(operatorName);
    return text ? words(text) : operatorName;
}

QString constraintTypeText(int constraintType)
{
    switch (constraintType) {
    case flags::StringConstraint:
        return words(QT_TRANSLATE_NOOP("OperatorWords", "text"));
    case flags::NumberConstraint:
        return words(QT_TRANSLATE_NOOP("OperatorWords", "number"));
    case flags::BooleanConstraint:
        return words(QT_TRANSLATE_NOOP("OperatorWords", "true or false"));
    case flags::DateTimeConstraint:
        return words(QT_TRANSLATE_NOOP("OperatorWords", "date and time"));
    case flags::EntityIdConstraint:
        return words(QT_TRANSLATE_NOOP("OperatorWords", "entity id"));
    default:
        return words(QT_TRANSLATE_NOOP("OperatorWords", "unknown type %1")).arg(constraintType);
    }
}

} // namespace edgewise::segmentspage
