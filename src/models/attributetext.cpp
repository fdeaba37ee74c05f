// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attributetext.h"

#include "models/contextmodel.h"

#include <evaluation/jsonreader.h>
#include <evaluation/text.h>

#include <QCoreApplication>
#include <QDate>
#include <QSet>

#include <cmath>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using evaluation::AttributePlan;
using evaluation::Choice;
using evaluation::DateRange;
using evaluation::NumberRange;

namespace {

struct AttributeText {
    Q_DECLARE_TR_FUNCTIONS(edgewise::models::AttributeText)
};

constexpr qsizetype suggestedValues = 8; ///< of one property
constexpr int suggestedDays = 30;        ///< around a date that a constraint names

Error refusal(const QString &detail)
{
    return {.kind = Error::Kind::Input, .step = u"reading an attribute"_qs, .detail = detail};
}

QString quotedIfNeeded(const QString &value)
{
    const bool isPlain = !value.isEmpty() && value == value.trimmed() && !value.contains(u',')
                         && !value.contains(u':') && !value.contains(u'"')
                         && !value.contains(u".."_qs);
    if (isPlain)
        return value;
    std::string json;
    evaluation::appendJsonString(json, evaluation::utf8(value));
    return evaluation::fromUtf8(json);
}

int decimalsOf(const QString &number)
{
    const qsizetype point = number.indexOf(u'.');
    return point < 0 ? 0 : int(std::min<qsizetype>(6, number.size() - point - 1));
}

QDate dayOf(const QString &text)
{
    return text.size() == 10 ? QDate::fromString(text, Qt::ISODate) : QDate();
}

Result<AttributeValues> parseRange(const QString &low, const QString &high)
{
    const QDate first = dayOf(low);
    const QDate last = dayOf(high);
    if (first.isValid() && last.isValid()) {
        if (last < first)
            return refusal(AttributeText::tr("the second day is before the first"));
        return AttributeValues(DateRange{low, high});
    }
    bool isLow = false;
    bool isHigh = false;
    const NumberRange range{low.toDouble(&isLow), high.toDouble(&isHigh),
                            std::max(decimalsOf(low), decimalsOf(high))};
    if (!isLow || !isHigh || !std::isfinite(range.low) || !std::isfinite(range.high))
        return refusal(AttributeText::tr("a range is two numbers or two days YYYY-MM-DD"));
    if (range.high < range.low)
        return refusal(AttributeText::tr("the second number is less than the first"));
    // More could not be told apart at six decimals.
    if (std::abs(range.low) > 1e12 || std::abs(range.high) > 1e12)
        return refusal(AttributeText::tr("a number is out of range"));
    return AttributeValues(range);
}

/// Cuts at the commas that stand outside of quotes.
QStringList elements(const QString &text)
{
    QStringList parts{QString()};
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuoted && c == u'\\' && i + 1 < text.size()) {
            parts.last() += c;
            parts.last() += text[++i];
            continue;
        }
        if (c == u'"')
            isQuoted = !isQuoted;
        if (c == u',' && !isQuoted)
            parts.append(QString());
        else
            parts.last() += c;
    }
    return parts;
}

/// "value" or "value: weight".
Result<Choice::Option> parseOption(const QString &element)
{
    Choice::Option option;
    QString weight;
    if (element.startsWith(u'"')) {
        qsizetype end = 1;
        while (end < element.size() && element[end] != u'"')
            end += element[end] == u'\\' ? 2 : 1;
        const std::string quoted =
            evaluation::utf8(element.first(std::min(end + 1, element.size())));
        std::string decoded;
        std::string_view value;
        evaluation::JsonReader json(quoted);
        if (!json.string(value, decoded) || !json.atEnd())
            return refusal(AttributeText::tr("a quoted value is no JSON string"));
        option.value = evaluation::fromUtf8(value);
        weight = element.mid(end + 1).trimmed();
        if (!weight.isEmpty() && !weight.startsWith(u':'))
            return refusal(AttributeText::tr("after a quoted value comes a colon or a comma"));
        weight = weight.mid(1);
    } else {
        const qsizetype colon = element.lastIndexOf(u':');
        option.value = (colon < 0 ? element : element.first(colon)).trimmed();
        weight = colon < 0 ? QString() : element.mid(colon + 1);
        if (option.value.isEmpty())
            return refusal(AttributeText::tr("a value is missing; write \"\" for an empty one"));
    }
    weight = weight.trimmed();
    if (weight.endsWith(u'%'))
        weight.chop(1);
    if (!weight.isEmpty()) {
        bool isNumber = false;
        option.weight = weight.toDouble(&isNumber);
        if (!isNumber || !std::isfinite(option.weight) || option.weight <= 0)
            return refusal(
                AttributeText::tr("the weight of “%1” must be a number above 0").arg(option.value));
    }
    return option;
}

/// Segments that the flag's rules or rollouts name; none for a null flag.
QSet<QString> segmentsOf(const flags::Flag *flag)
{
    QSet<QString> keys;
    if (!flag)
        return keys;
    for (const flags::Rule &rule : flag->rules) {
        for (const SegmentKey &key : rule.segments)
            keys.insert(key.text());
    }
    for (const flags::Rollout &rollout : flag->rollouts) {
        for (const flags::SegmentMatch &match : rollout.segmentMatches) {
            for (const SegmentKey &key : match.segments)
                keys.insert(key.text());
        }
    }
    return keys;
}

/// Numbers on both sides of all that are named.
std::optional<AttributeValues> aroundNumbers(const QStringList &named)
{
    double low = 0;
    double high = 0;
    bool isFirst = true;
    for (const QString &text : named) {
        bool isNumber = false;
        const double number = text.toDouble(&isNumber);
        if (!isNumber || std::abs(number) > 1e9)
            return std::nullopt;
        low = isFirst ? number : std::min(low, number);
        high = isFirst ? number : std::max(high, number);
        isFirst = false;
    }
    if (isFirst)
        return std::nullopt;
    const double margin = std::max(10.0, std::ceil((high - low) / 2));
    return NumberRange{low >= 0 ? std::max(0.0, std::floor(low - margin))
                                : std::floor(low - margin),
                       std::ceil(high + margin), 0};
}

std::optional<AttributeValues> aroundDays(const QStringList &named)
{
    QDate first;
    QDate last;
    for (const QString &text : named) {
        const QDate day = dayOf(text.first(std::min<qsizetype>(10, text.size())));
        if (!day.isValid() || day.year() < 1900 || day.year() > 2090)
            return std::nullopt;
        first = first.isValid() ? std::min(first, day) : day;
        last = last.isValid() ? std::max(last, day) : day;
    }
    if (!first.isValid() || first.daysTo(last) > 36'500)
        return std::nullopt;
    return DateRange{first.addDays(-suggestedDays).toString(Qt::ISODate),
                     last.addDays(suggestedDays).toString(Qt::ISODate)};
}

AttributeValues namedAndOther(const QStringList &named)
{
    Choice choice;
    for (const QString &value : named.first(std::min(suggestedValues, named.size())))
        choice.options.push_back({value, 1});
    if (!named.contains(u"other"_qs))
        choice.options.push_back({u"other"_qs, 1});
    return choice;
}

AttributeValues suggested(int type, const QStringList &named)
{
    std::optional<AttributeValues> values;
    if (type == flags::NumberConstraint)
        values = aroundNumbers(named);
    else if (type == flags::DateTimeConstraint)
        values = aroundDays(named);
    else if (type == flags::BooleanConstraint)
        values = Choice{{{u"true"_qs, 1}, {u"false"_qs, 1}}};
    return values ? *values : namedAndOther(named);
}

} // namespace

QString printValues(const AttributeValues &values)
{
    if (const auto *choice = std::get_if<Choice>(&values)) {
        QStringList parts;
        for (const Choice::Option &option : choice->options) {
            const QString value = quotedIfNeeded(option.value);
            parts.append(option.weight == 1
                             ? value
                             : value + u": "_qs + QString::number(option.weight, 'g', 12));
        }
        return parts.join(u", "_qs);
    }
    if (const auto *days = std::get_if<DateRange>(&values))
        return days->first + u".."_qs + days->last;
    const auto &range = std::get<NumberRange>(values);
    return QString::number(range.low, 'f', range.decimals) + u".."_qs
           + QString::number(range.high, 'f', range.decimals);
}

Result<AttributeValues> parseValues(const QString &text)
{
    const QString line = text.trimmed();
    if (line.isEmpty())
        return refusal(AttributeText::tr("values are missing: “pro: 20, free: 80” or “18..65”"));
    const QStringList ends = line.split(u".."_qs);
    if (ends.size() == 2 && !line.contains(u'"'))
        return parseRange(ends[0].trimmed(), ends[1].trimmed());
    Choice choice;
    for (const QString &element : elements(line)) {
        const Result<Choice::Option> option = parseOption(element.trimmed());
        if (!option)
            return option.error();
        choice.options.push_back(*option);
    }
    return AttributeValues(choice);
}

std::vector<AttributePlan> suggestedAttributes(const flags::Namespace &nameSpace,
                                               const flags::Flag *flag)
{
    const QSet<QString> wanted = segmentsOf(flag);
    flags::Namespace part;
    QMap<QString, int> types;
    for (const auto &segment : nameSpace.segments) {
        if (flag && !wanted.contains(segment->key.text()))
            continue;
        part.segments.push_back(segment);
        for (const flags::Constraint &constraint : segment->constraints)
            types.insert(constraint.property, constraint.type);
    }
    std::vector<AttributePlan> plans;
    const QMap<QString, QStringList> vocabulary = contextVocabulary(part);
    for (auto it = vocabulary.cbegin(); it != vocabulary.cend(); ++it) {
        if (!it.key().isEmpty())
            plans.push_back({it.key(), 0, suggested(types.value(it.key()), it.value())});
    }
    return plans;
}

} // namespace edgewise::models
