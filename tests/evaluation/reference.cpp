// SPDX-License-Identifier: GPL-3.0-or-later
#include "reference.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdlib>

namespace edgewise::test {

using namespace Qt::StringLiterals;

namespace {

struct Refusal {
    int status = 0;
    int code = 0;
    QString message;
};

// Thrown inside this file only: the plainest way to leave a nested evaluation.
[[noreturn]] void refuse(int status, int code, const QString &message)
{
    throw Refusal{status, code, message};
}

QString trim(QString text)
{
    static const QRegularExpression ends(
        u"^[\\x{9}-\\x{d} \\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}"
        "\\x{205f}\\x{3000}]+|[\\x{9}-\\x{d} "
        "\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}]+\\z"_qs);
    return text.remove(ends);
}

std::optional<double> toNumber(const QString &text)
{
    static const QRegularExpression special(u"\\A([+-]?(inf|infinity)|nan)\\z"_qs,
                                            QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression decimal(
        u"\\A[+-]?([0-9](_?[0-9])*\\.?([0-9](_?[0-9])*)?|\\.[0-9](_?[0-9])*)"
        "([eE][+-]?[0-9](_?[0-9])*)?\\z"_qs);
    static const QRegularExpression hexadecimal(
        u"\\A[+-]?0[xX](_?[0-9a-fA-F](_?[0-9a-fA-F])*\\.?([0-9a-fA-F](_?[0-9a-fA-F])*)?"
        "|\\.[0-9a-fA-F](_?[0-9a-fA-F])*)[pP][+-]?[0-9](_?[0-9])*\\z"_qs);
    const bool isSpecial = special.match(text).hasMatch();
    if (!isSpecial && !decimal.match(text).hasMatch() && !hexadecimal.match(text).hasMatch())
        return std::nullopt;
    QByteArray plain = text.toLatin1();
    plain.replace('_', "");
    const double value = std::strtod(plain.constData(), nullptr);
    return std::isinf(value) && !isSpecial ? std::nullopt : std::optional(value);
}

std::optional<bool> toBoolean(const QString &text)
{
    if (QStringList{u"1"_qs, u"t"_qs, u"T"_qs, u"TRUE"_qs, u"true"_qs, u"True"_qs}.contains(text))
        return true;
    if (QStringList{u"0"_qs, u"f"_qs, u"F"_qs, u"FALSE"_qs, u"false"_qs, u"False"_qs}.contains(
            text))
        return false;
    return std::nullopt;
}

/// Nanoseconds of all years from 0 to 9999 overflow 64 bits: seconds and the rest apart.
using Moment = std::pair<qint64, qint64>;

std::optional<Moment> toMoment(const QString &text)
{
    static const QRegularExpression form(
        u"\\A([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{1,2}):([0-9]{2}):([0-9]{2})"
        "(?:[.,]([0-9]+))?(?:Z|([+-])([0-9]{2}):([0-9]{2})))?\\z"_qs);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = [&](int group) { return match.captured(group).toInt(); };
    // QDate has no year 0; 400 years are a whole number of days.
    const QDate date(number(1) + 400, number(2), number(3));
    if (!date.isValid() || number(4) > 23 || number(5) > 59 || number(6) > 59 || number(9) > 24
        || number(10) > 60)
        return std::nullopt;
    const int east = (number(9) * 3600 + number(10) * 60) * (match.captured(8) == u"-" ? -1 : 1);
    const qint64 seconds = QDate(2400, 1, 1).daysTo(date) * 86400 + number(4) * 3600
                           + number(5) * 60 + number(6) - east;
    return Moment(seconds, match.captured(7).leftJustified(9, u'0', true).toLongLong());
}

std::optional<QJsonValue> toJson(const QString &text)
{
    if (text.trimmed().isEmpty())
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson("[" + text.toUtf8() + "]");
    if (!document.isArray() || document.array().size() != 1)
        return std::nullopt;
    return document.array().first();
}

/// The list that a constraint's value holds, null elements being `empty`.
std::optional<QJsonArray> toList(const QString &text, QJsonValue::Type type,
                                 const QJsonValue &empty)
{
    const auto json = toJson(text);
    if (!json || (!json->isNull() && !json->isArray()))
        return std::nullopt;
    QJsonArray list;
    for (const QJsonValue &element : json->toArray()) {
        if (!element.isNull() && element.type() != type)
            return std::nullopt;
        list.append(element.isNull() ? empty : element);
    }
    return list;
}

bool passesText(const QString &name, const QString &wanted, const QString &value)
{
    if (name == u"empty" || name == u"notempty")
        return trim(value).isEmpty() == (name == u"empty");
    if (value.isEmpty())
        return false;
    if (name == u"eq" || name == u"neq")
        return (value == wanted) == (name == u"eq");
    if (name == u"prefix")
        return trim(value).startsWith(wanted);
    if (name == u"suffix")
        return trim(value).endsWith(wanted);
    if (name == u"contains" || name == u"notcontains")
        return value.contains(wanted) == (name == u"contains");
    if (name == u"isoneof" || name == u"isnotoneof") {
        const auto list = toList(wanted, QJsonValue::String, QJsonValue(u""_qs));
        return list && list->contains(QJsonValue(value)) == (name == u"isoneof");
    }
    return false;
}

template <typename T>
bool compares(const QString &name, const T &value, const T &wanted)
{
    return (name == u"eq" && value == wanted) || (name == u"neq" && value != wanted)
           || (name == u"lt" && value < wanted) || (name == u"lte" && value <= wanted)
           || (name == u"gt" && value > wanted) || (name == u"gte" && value >= wanted);
}

bool passesNumber(const QString &name, const QString &wanted, const QString &text)
{
    const auto value = toNumber(text);
    if (!value)
        return false;
    if (name == u"isoneof" || name == u"isnotoneof") {
        const auto list = toList(wanted, QJsonValue::Double, QJsonValue(0));
        if (!list)
            return false;
        const bool listed = std::ranges::any_of(
            *list, [&](const QJsonValue &element) { return element.toDouble() == *value; });
        return listed == (name == u"isoneof");
    }
    const auto limit = toNumber(wanted);
    return limit && compares(name, *value, *limit);
}

bool passes(const flags::Constraint &constraint, const Question &question)
{
    const QString name = constraint.operatorName;
    const QString value =
        constraint.type == 5 ? question.entity : question.context.value(constraint.property);
    if (constraint.type < 1 || constraint.type > 5)
        refuse(400, 3, u"unknown constraint type"_qs);
    if (constraint.type == 1 || constraint.type == 5)
        return passesText(name, constraint.value, value);
    if (name == u"present" || name == u"notpresent")
        return trim(value).isEmpty() == (name == u"notpresent");
    if (value.isEmpty())
        return false;
    if (constraint.type == 2)
        return passesNumber(name, constraint.value, value);
    if (constraint.type == 3) {
        const auto boolean = toBoolean(value);
        return boolean && (name == u"true" || name == u"false") && *boolean == (name == u"true");
    }
    const auto moment = toMoment(value);
    const auto limit = toMoment(constraint.value);
    return moment && limit && compares(name, *moment, *limit);
}

bool matches(const flags::Segment &segment, const Question &question)
{
    qsizetype passed = 0;
    for (const flags::Constraint &constraint : segment.constraints)
        passed += passes(constraint, question) ? 1 : 0;
    const auto all = qsizetype(segment.constraints.size());
    return (segment.matchType == 0 && passed == all)
           || (segment.matchType == 1 && (all == 0 || passed > 0));
}

/// The keys that match, or nothing when the step is not passed or does not exist.
std::optional<QStringList> passedSegments(const flags::Namespace &nameSpace,
                                          const std::vector<SegmentKey> &keys, int segmentOperator,
                                          const Question &question)
{
    QStringList matching;
    QStringList existing;
    for (const SegmentKey &key : keys) {
        const auto segment = nameSpace.segment(key);
        if (!segment || existing.contains(key.text()))
            continue;
        existing.append(key.text());
        if (matches(*segment, question))
            matching.append(key.text());
    }
    if (existing.isEmpty() || (segmentOperator == 0 && matching.isEmpty())
        || (segmentOperator == 1 && matching.size() != existing.size()))
        return std::nullopt;
    std::ranges::sort(matching, {}, [](const QString &key) { return key.toUtf8(); });
    return matching;
}

quint32 checksum(const QByteArray &bytes)
{
    quint32 value = 0xFFFFFFFF;
    for (const char byte : bytes) {
        value ^= static_cast<quint8>(byte);
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ (0xEDB88320U & (0U - (value & 1)));
    }
    return ~value;
}

const flags::Variant *variantOfAnyFlag(const flags::Snapshot &snapshot, const VariantId &id)
{
    for (const auto &nameSpace : snapshot.namespaces) {
        for (const auto &flag : nameSpace->flags) {
            for (const flags::Variant &variant : flag->variants) {
                if (variant.id == id)
                    return &variant;
            }
        }
    }
    return nullptr;
}

/// Without white space outside strings.
QString compact(const flags::Variant &variant)
{
    static const QRegularExpression blanks(u"(\"(?:[^\"\\\\]|\\\\.)*\")|[ \\t\\r\\n]+"_qs);
    return variant.attachment ? QString(*variant.attachment).replace(blanks, u"\\1"_qs) : QString();
}

bool is32Bit(qint64 rank)
{
    return rank == qint32(rank);
}

QJsonObject variantAnswer(const flags::Snapshot &snapshot, const flags::Namespace &nameSpace,
                          const flags::Flag &flag, const Question &question)
{
    QJsonObject answer{{u"match"_qs, false},
                       {u"segmentKeys"_qs, QJsonArray()},
                       {u"reason"_qs, u"UNKNOWN_EVALUATION_REASON"_qs},
                       {u"variantKey"_qs, u""_qs},
                       {u"variantAttachment"_qs, u""_qs},
                       {u"flagKey"_qs, flag.key.text()}};
    const auto serve = [&](const flags::Variant &variant, const QString &reason) {
        answer[u"variantKey"] = variant.key;
        answer[u"variantAttachment"] = compact(variant);
        answer[u"reason"] = reason;
    };
    for (const flags::Variant &variant : flag.variants) {
        if (flag.defaultVariant == variant.id)
            serve(variant, u"DEFAULT_EVALUATION_REASON"_qs);
    }
    if (!flag.enabled) {
        answer[u"reason"] = u"FLAG_DISABLED_EVALUATION_REASON"_qs;
        return answer;
    }
    std::vector<flags::Rule> rules = flag.rules;
    std::ranges::sort(rules, {}, [](const flags::Rule &rule) {
        return std::pair(rule.rank, rule.id.text().toUtf8());
    });
    for (const flags::Rule &rule : rules) {
        if (!is32Bit(rule.rank))
            refuse(500, 13, {});
    }
    for (const flags::Rule &rule : rules) {
        const bool exists = std::ranges::any_of(rule.segments, [&](const SegmentKey &key) {
            return nameSpace.segment(key) != nullptr;
        });
        if (!exists)
            continue;
        if (rule.rank < 0)
            refuse(400, 3, u"rule rank: %1 detected out of order"_qs.arg(rule.rank));
        const auto keys = passedSegments(nameSpace, rule.segments, rule.segmentOperator, question);
        if (!keys)
            continue;
        answer[u"segmentKeys"] = QJsonArray::fromStringList(*keys);
        std::vector<std::pair<int, const flags::Variant *>> ends;
        int end = 0;
        for (const flags::Distribution &distribution : rule.distributions) {
            const flags::Variant *variant = variantOfAnyFlag(snapshot, distribution.variant);
            if (!variant)
                continue;
            if (std::abs(distribution.rollout) > double(FLT_MAX)
                || (variant->attachment && !toJson(*variant->attachment)))
                refuse(500, 13, {});
            const auto rollout = float(distribution.rollout);
            if (rollout <= 0)
                continue;
            const float buckets = rollout * 10.0F;
            end += int(std::trunc(buckets));
            ends.emplace_back(end, variant);
        }
        const int bucket = int(checksum((flag.key.text() + question.entity).toUtf8()) % 1000);
        if (ends.empty()) {
            answer[u"match"] = true;
            answer[u"reason"] = u"MATCH_EVALUATION_REASON"_qs;
        }
        for (const auto &[last, variant] : ends) {
            if (last > bucket) {
                answer[u"match"] = true;
                serve(*variant, u"MATCH_EVALUATION_REASON"_qs);
                break;
            }
        }
        break;
    }
    return answer;
}

QJsonObject booleanAnswer(const flags::Namespace &nameSpace, const flags::Flag &flag,
                          const Question &question)
{
    QJsonObject answer{{u"enabled"_qs, flag.enabled},
                       {u"reason"_qs, u"DEFAULT_EVALUATION_REASON"_qs},
                       {u"flagKey"_qs, flag.key.text()},
                       {u"segmentKeys"_qs, QJsonArray()}};
    std::vector<flags::Rollout> rollouts = flag.rollouts;
    std::ranges::stable_sort(rollouts, {}, &flags::Rollout::rank);
    for (const flags::Rollout &rollout : rollouts) {
        if (rollout.rank < 0 || !is32Bit(rollout.rank))
            refuse(500, 13, {});
    }
    for (const flags::Rollout &rollout : rollouts) {
        std::optional<bool> value;
        if (rollout.threshold) {
            const auto hash = float(checksum((question.entity + flag.key.text()).toUtf8()) % 100);
            if (hash < float(rollout.threshold->percentage))
                value = rollout.threshold->value;
        } else {
            // One row for each reference, ordered by segment, value and operator; the first one's
            // value and operator count.
            std::vector<SegmentKey> keys;
            QMap<std::tuple<QByteArray, bool, int>, const flags::SegmentMatch *> rows;
            for (const flags::SegmentMatch &part : rollout.segmentMatches) {
                for (const SegmentKey &key : part.segments)
                    rows.insert({key.text().toUtf8(), part.value, part.segmentOperator}, &part);
                keys.insert(keys.end(), part.segments.begin(), part.segments.end());
            }
            const flags::SegmentMatch *first = rows.isEmpty() ? nullptr : rows.first();
            const auto matching =
                first ? passedSegments(nameSpace, keys, first->segmentOperator, question)
                      : std::nullopt;
            if (matching) {
                value = first->value;
                answer[u"segmentKeys"] = QJsonArray::fromStringList(*matching);
            }
        }
        if (value) {
            answer[u"enabled"] = *value;
            answer[u"reason"] = u"MATCH_EVALUATION_REASON"_qs;
            break;
        }
    }
    return answer;
}

struct Found {
    const flags::Namespace *nameSpace = nullptr;
    const flags::Flag *flag = nullptr;
};

/// Both null when the flag is unknown.
Found find(const flags::Snapshot &snapshot, const Question &question)
{
    const auto nameSpace = snapshot.nameSpace(
        NamespaceKey(question.nameSpace.isEmpty() ? u"default"_qs : question.nameSpace));
    const auto flag = nameSpace ? nameSpace->flag(FlagKey(question.flag)) : nullptr;
    if (!flag)
        return {};
    const bool attachmentsRead =
        std::ranges::all_of(flag->variants, [](const flags::Variant &variant) {
            return !variant.attachment || toJson(*variant.attachment);
        });
    const auto metadata = flag->metadata ? toJson(*flag->metadata) : QJsonValue();
    if (!attachmentsRead || !metadata || (!metadata->isNull() && !metadata->isObject()))
        refuse(500, 13, {});
    return {nameSpace.get(), flag.get()};
}

QString typeName(int type)
{
    if (type == 0)
        return u"VARIANT_FLAG_TYPE"_qs;
    return type == 1 ? u"BOOLEAN_FLAG_TYPE"_qs : QString::number(type);
}

QJsonObject answerObject(int status, const QJsonValue &response)
{
    QJsonObject answer{{u"status"_qs, status}};
    if (status != 500)
        answer[u"response"] = response;
    return answer;
}

QJsonObject errorAnswer(const Refusal &refusal)
{
    return answerObject(refusal.status, QJsonObject{{u"code"_qs, refusal.code},
                                                    {u"message"_qs, refusal.message},
                                                    {u"details"_qs, QJsonArray()}});
}

} // namespace

QJsonObject referenceAnswer(const flags::Snapshot &snapshot, const Question &question)
{
    try {
        const Found found = find(snapshot, question);
        if (!found.flag) {
            const QString name = question.nameSpace.isEmpty() ? u"default"_qs : question.nameSpace;
            refuse(404, 5, u"flag \"%1/%2\" not found"_qs.arg(name, question.flag));
        }
        if (found.flag->type != (question.kind == u"variant" ? 0 : 1))
            refuse(400, 3, u"flag type %1 invalid"_qs.arg(typeName(found.flag->type)));
        return answerObject(200,
                            question.kind == u"variant"
                                ? variantAnswer(snapshot, *found.nameSpace, *found.flag, question)
                                : booleanAnswer(*found.nameSpace, *found.flag, question));
    } catch (const Refusal &refusal) {
        return errorAnswer(refusal);
    }
}

QJsonObject referenceBatch(const flags::Snapshot &snapshot, const QList<Question> &questions)
{
    QJsonArray responses;
    try {
        for (const Question &question : questions) {
            const Found found = find(snapshot, question);
            if (!found.flag) {
                responses.append(QJsonObject{
                    {u"type"_qs, u"ERROR_EVALUATION_RESPONSE_TYPE"_qs},
                    {u"errorResponse"_qs,
                     QJsonObject{{u"flagKey"_qs, question.flag},
                                 {u"namespaceKey"_qs, question.nameSpace},
                                 {u"reason"_qs, u"NOT_FOUND_ERROR_EVALUATION_REASON"_qs}}}});
            } else if (found.flag->type == 0) {
                responses.append(
                    QJsonObject{{u"type"_qs, u"VARIANT_EVALUATION_RESPONSE_TYPE"_qs},
                                {u"variantResponse"_qs, variantAnswer(snapshot, *found.nameSpace,
                                                                      *found.flag, question)}});
            } else if (found.flag->type == 1) {
                responses.append(
                    QJsonObject{{u"type"_qs, u"BOOLEAN_EVALUATION_RESPONSE_TYPE"_qs},
                                {u"booleanResponse"_qs,
                                 booleanAnswer(*found.nameSpace, *found.flag, question)}});
            } else {
                refuse(400, 3, u"unknown flag type: %1"_qs.arg(found.flag->type));
            }
        }
    } catch (const Refusal &refusal) {
        return errorAnswer(refusal);
    }
    return answerObject(200, QJsonObject{{u"responses"_qs, responses}});
}

} // namespace edgewise::test
