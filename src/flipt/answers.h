// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>
#include <base/result.h>

#include <QByteArray>
#include <QMap>
#include <QStringList>

#include <variant>
#include <vector>

class QJsonObject;

/// What is asked of a running Flipt and what it answers, as values (Flipt:
/// rpc/flipt/evaluation/evaluation.proto).
namespace edgewise::flipt {

struct Request {
    NamespaceKey nameSpace; ///< empty means default
    FlagKey flag;
    QString entity;
    QMap<QString, QString> context;
};

struct VariantAnswer {
    bool match = false;
    QStringList segmentKeys; ///< sorted by code point; the server's order is random
    QString reason;          ///< "MATCH_EVALUATION_REASON" …
    QString variantKey;
    QString variantAttachment;
    QString flagKey;
    friend bool operator==(const VariantAnswer &, const VariantAnswer &) = default;
};

struct BooleanAnswer {
    bool enabled = false;
    QString reason;
    QString flagKey;
    QStringList segmentKeys; ///< sorted by code point
    friend bool operator==(const BooleanAnswer &, const BooleanAnswer &) = default;
};

/// A part of a batch whose flag does not exist.
struct MissingAnswer {
    QString flagKey;
    QString namespaceKey; ///< as sent
    QString reason;
    friend bool operator==(const MissingAnswer &, const MissingAnswer &) = default;
};

/// Flipt's own "no": an unknown flag, a wrong kind of flag, faulty data. An answer like others.
struct Refusal {
    int status = 0; ///< of HTTP
    int code = 0;   ///< of gRPC: 3 invalid, 5 not found, 13 internal
    QString message;
    friend bool operator==(const Refusal &, const Refusal &) = default;
};

using BatchPart = std::variant<VariantAnswer, BooleanAnswer, MissingAnswer>;

struct Info {
    QString version; ///< "v1.61.1"; "dev" for own builds
    QString commit;
    bool authenticationRequired = false;
    QString storage; ///< "database" …
    friend bool operator==(const Info &, const Info &) = default;
};

/// Whether a Flipt keeps what it has read: it may then answer by an old state for so long after a
/// change has reached its database (Flipt: internal/storage/cache/cache.go).
struct CacheSettings {
    bool enabled = false;
    qint64 lifetimeNanoseconds = 0;
    friend bool operator==(const CacheSettings &, const CacheSettings &) = default;
};

/// Bodies of requests.
QByteArray requestBody(const Request &request);
QByteArray batchBody(const std::vector<Request> &requests);

/// Bodies of answers with status 200. Protocol when they are not what Flipt answers.
Result<Info> parseInfo(const QByteArray &body);
/// Of Flipt's configuration; what it does not tell is off.
Result<CacheSettings> parseCacheSettings(const QByteArray &body);
Result<VariantAnswer> parseVariant(const QByteArray &body);
Result<BooleanAnswer> parseBoolean(const QByteArray &body);
Result<std::vector<BatchPart>> parseBatch(const QByteArray &body);
/// A body with another status; Protocol when it is not Flipt's form of an error.
Result<Refusal> parseRefusal(int status, const QByteArray &body);

} // namespace edgewise::flipt
