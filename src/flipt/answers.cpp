// SPDX-License-Identifier: GPL-3.0-or-later
#include "flipt/answers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace edgewise::flipt {

namespace {

Error notFlipt(const QString &why)
{
    return {.kind = Error::Kind::Protocol, .step = u"reading a Flipt's answer"_qs, .detail = why};
}

Result<QJsonObject> object(const QByteArray &body)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (!document.isObject())
        return notFlipt(problem.error == QJsonParseError::NoError
                            ? u"it is no JSON object"_qs
                            : u"it is no JSON: "_qs + problem.errorString());
    return document.object();
}

QJsonObject toJson(const Request &request)
{
    QJsonObject context;
    for (auto entry = request.context.begin(); entry != request.context.end(); ++entry)
        context.insert(entry.key(), entry.value());
    return {{u"namespaceKey"_qs, request.nameSpace.text()},
            {u"flagKey"_qs, request.flag.text()},
            {u"entityId"_qs, request.entity},
            {u"context"_qs, context}};
}

std::optional<QStringList> segmentKeys(const QJsonObject &answer)
{
    const QJsonValue value = answer.value("segmentKeys"_L1);
    if (!value.isArray())
        return std::nullopt;
    QStringList keys;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &key : array) {
        if (!key.isString())
            return std::nullopt;
        keys.append(key.toString());
    }
    std::ranges::sort(keys, {}, [](const QString &key) { return key.toUcs4(); });
    return keys;
}

/// Flipt writes every field out, so a missing one means that it is not Flipt that answers.
bool areTexts(const QJsonObject &answer, std::initializer_list<QLatin1StringView> names)
{
    return std::ranges::all_of(
        names, [&](QLatin1StringView name) { return answer.value(name).isString(); });
}

Result<VariantAnswer> variantOf(const QJsonObject &answer)
{
    auto keys = segmentKeys(answer);
    if (!keys || !answer.value("match"_L1).isBool()
        || !areTexts(answer, {"reason"_L1, "variantKey"_L1, "variantAttachment"_L1, "flagKey"_L1}))
        return notFlipt(u"it is no answer to a variant evaluation"_qs);
    return VariantAnswer{.match = answer.value("match"_L1).toBool(),
                         .segmentKeys = *std::move(keys),
                         .reason = answer.value("reason"_L1).toString(),
                         .variantKey = answer.value("variantKey"_L1).toString(),
                         .variantAttachment = answer.value("variantAttachment"_L1).toString(),
                         .flagKey = answer.value("flagKey"_L1).toString()};
}

Result<BooleanAnswer> booleanOf(const QJsonObject &answer)
{
    auto keys = segmentKeys(answer);
    if (!keys || !answer.value("enabled"_L1).isBool()
        || !areTexts(answer, {"reason"_L1, "flagKey"_L1}))
        return notFlipt(u"it is no answer to a boolean evaluation"_qs);
    return BooleanAnswer{.enabled = answer.value("enabled"_L1).toBool(),
                         .reason = answer.value("reason"_L1).toString(),
                         .flagKey = answer.value("flagKey"_L1).toString(),
                         .segmentKeys = *std::move(keys)};
}

template <typename Answer>
Result<BatchPart> partOf(Result<Answer> answer)
{
    if (!answer)
        return std::move(answer).error();
    return BatchPart(*std::move(answer));
}

Result<BatchPart> batchPart(const QJsonObject &part)
{
    const QString type = part.value("type"_L1).toString();
    if (type == u"VARIANT_EVALUATION_RESPONSE_TYPE")
        return partOf(variantOf(part.value("variantResponse"_L1).toObject()));
    if (type == u"BOOLEAN_EVALUATION_RESPONSE_TYPE")
        return partOf(booleanOf(part.value("booleanResponse"_L1).toObject()));
    const QJsonObject missing = part.value("errorResponse"_L1).toObject();
    if (type != u"ERROR_EVALUATION_RESPONSE_TYPE"
        || !areTexts(missing, {"flagKey"_L1, "namespaceKey"_L1, "reason"_L1}))
        return notFlipt(u"it is no answer to a batch evaluation"_qs);
    return BatchPart(MissingAnswer{.flagKey = missing.value("flagKey"_L1).toString(),
                                   .namespaceKey = missing.value("namespaceKey"_L1).toString(),
                                   .reason = missing.value("reason"_L1).toString()});
}

} // namespace

QByteArray requestBody(const Request &request)
{
    return QJsonDocument(toJson(request)).toJson(QJsonDocument::Compact);
}

QByteArray batchBody(const std::vector<Request> &requests)
{
    QJsonArray parts;
    for (const Request &request : requests)
        parts.append(toJson(request));
    return QJsonDocument(QJsonObject{{u"requests"_qs, parts}}).toJson(QJsonDocument::Compact);
}

Result<Info> parseInfo(const QByteArray &body)
{
    const auto answer = object(body);
    if (!answer)
        return answer.error();
    // Texts that are empty are left out, so that only the groups tell a Flipt.
    if (!answer->value("authentication"_L1).isObject() || !answer->value("storage"_L1).isObject())
        return notFlipt(u"it does not describe a Flipt"_qs);
    return Info{.version = answer->value("version"_L1).toString(),
                .commit = answer->value("commit"_L1).toString(),
                .authenticationRequired =
                    answer->value("authentication"_L1).toObject().value("required"_L1).toBool(),
                .storage = answer->value("storage"_L1).toObject().value("type"_L1).toString()};
}

Result<CacheSettings> parseCacheSettings(const QByteArray &body)
{
    const auto answer = object(body);
    if (!answer)
        return answer.error();
    const QJsonObject cache = answer->value("cache"_L1).toObject();
    return CacheSettings{.enabled = cache.value("enabled"_L1).toBool(),
                         .lifetimeNanoseconds = cache.value("ttl"_L1).toInteger()};
}

Result<VariantAnswer> parseVariant(const QByteArray &body)
{
    const auto answer = object(body);
    return answer ? variantOf(*answer) : Result<VariantAnswer>(answer.error());
}

Result<BooleanAnswer> parseBoolean(const QByteArray &body)
{
    const auto answer = object(body);
    return answer ? booleanOf(*answer) : Result<BooleanAnswer>(answer.error());
}

Result<std::vector<BatchPart>> parseBatch(const QByteArray &body)
{
    const auto answer = object(body);
    if (!answer)
        return answer.error();
    if (!answer->value("responses"_L1).isArray())
        return notFlipt(u"it is no answer to a batch evaluation"_qs);
    std::vector<BatchPart> parts;
    const QJsonArray responses = answer->value("responses"_L1).toArray();
    for (const QJsonValue &response : responses) {
        auto part = batchPart(response.toObject());
        if (!part)
            return std::move(part).error();
        parts.push_back(*std::move(part));
    }
    return parts;
}

Result<Refusal> parseRefusal(int status, const QByteArray &body)
{
    const auto answer = object(body);
    if (!answer || !answer->value("code"_L1).isDouble() || !areTexts(*answer, {"message"_L1}))
        return notFlipt(u"status %1 without Flipt's form of an error"_qs.arg(status));
    return Refusal{.status = status,
                   .code = answer->value("code"_L1).toInt(),
                   .message = answer->value("message"_L1).toString()};
}

} // namespace edgewise::flipt
