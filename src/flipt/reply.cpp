// SPDX-License-Identifier: GPL-3.0-or-later
#include "flipt/reply.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace edgewise::flipt {

namespace {

QJsonObject bodyOf(const VariantAnswer &answer)
{
    return {{u"match"_qs, answer.match},
            {u"segmentKeys"_qs, QJsonArray::fromStringList(answer.segmentKeys)},
            {u"reason"_qs, answer.reason},
            {u"variantKey"_qs, answer.variantKey},
            {u"variantAttachment"_qs, answer.variantAttachment},
            {u"flagKey"_qs, answer.flagKey}};
}

QJsonObject bodyOf(const BooleanAnswer &answer)
{
    return {{u"enabled"_qs, answer.enabled},
            {u"reason"_qs, answer.reason},
            {u"flagKey"_qs, answer.flagKey},
            {u"segmentKeys"_qs, QJsonArray::fromStringList(answer.segmentKeys)}};
}

QJsonObject bodyOf(const MissingAnswer &answer)
{
    return {{u"flagKey"_qs, answer.flagKey},
            {u"namespaceKey"_qs, answer.namespaceKey},
            {u"reason"_qs, answer.reason}};
}

struct PartNames {
    QString type;
    QString member;
};

PartNames namesOf(const BatchPart &part)
{
    switch (part.index()) {
    case 0:
        return {u"VARIANT_EVALUATION_RESPONSE_TYPE"_qs, u"variantResponse"_qs};
    case 1:
        return {u"BOOLEAN_EVALUATION_RESPONSE_TYPE"_qs, u"booleanResponse"_qs};
    default:
        return {u"ERROR_EVALUATION_RESPONSE_TYPE"_qs, u"errorResponse"_qs};
    }
}

QJsonObject bodyOf(const std::vector<BatchPart> &parts)
{
    QJsonArray responses;
    for (const BatchPart &part : parts) {
        const PartNames names = namesOf(part);
        responses.append(QJsonObject{
            {u"type"_qs, names.type},
            {names.member, std::visit([](const auto &answer) { return bodyOf(answer); }, part)}});
    }
    return {{u"responses"_qs, responses}};
}

QJsonObject bodyOf(const Refusal &refusal)
{
    return {{u"code"_qs, refusal.code},
            {u"message"_qs, refusal.message},
            {u"details"_qs, QJsonArray()}};
}

template <typename Answer>
QFuture<Result<Timed<Reply>>> replying(QFuture<Result<Evaluated<Answer>>> future)
{
    return future.then([](Result<Evaluated<Answer>> answer) -> Result<Timed<Reply>> {
        if (!answer)
            return std::move(answer).error();
        Reply reply;
        if (const auto *refusal = std::get_if<Refusal>(&answer->value))
            reply = {refusal->status, bodyOf(*refusal)};
        else
            reply = {200, bodyOf(std::get<Answer>(answer->value))};
        return Timed<Reply>{std::move(reply), answer->sentAt, answer->answeredAt};
    });
}

} // namespace

bool sameReply(const Reply &a, const Reply &b)
{
    constexpr int internalError = 500;
    return a.status == b.status && (a.status == internalError || a.response == b.response);
}

QByteArray toJsonLine(const Reply &reply)
{
    return "{\"status\":" + QByteArray::number(reply.status)
           + ",\"response\":" + QJsonDocument(reply.response).toJson(QJsonDocument::Compact) + '}';
}

QFuture<Result<Timed<Reply>>> ask(FliptClient &client, const Question &question)
{
    switch (question.kind) {
    case Question::Kind::Variant:
        return replying(client.evaluateVariant(question.requests.front()));
    case Question::Kind::Boolean:
        return replying(client.evaluateBoolean(question.requests.front()));
    case Question::Kind::Batch:
        break;
    }
    return replying(client.evaluateBatch(question.requests));
}

} // namespace edgewise::flipt
