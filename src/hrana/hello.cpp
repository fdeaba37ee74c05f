// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/hello.h"

#include <QtEndian>

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

namespace {

Error helloError(Error::Kind kind, const QString &detail, const QString &code = {})
{
    return Error{.kind = kind,
                 .step = u"asking for the replication log"_qs,
                 .detail = detail,
                 .nativeCode = code,
                 .retryable = kind == Error::Kind::Network};
}

Error malformed()
{
    return helloError(Error::Kind::Protocol, u"The answer is no replication handshake."_qs);
}

/// gRPC status codes that sqld gives here (rpc/replication_log.rs, auth/errors.rs).
Error statusError(const QByteArray &code, const QString &message)
{
    Error::Kind kind = Error::Kind::Protocol;
    if (code == "14" || code == "4")
        kind = Error::Kind::Network;
    else if (code == "13" || code == "16" || code == "7")
        kind = Error::Kind::Auth;
    else if (code == "9" || code == "5")
        kind = Error::Kind::NotFound;
    return helloError(kind, message, QString::fromLatin1(code));
}

/// A field of a protobuf message: a varint, or bytes.
struct Field {
    quint64 number = 0;
    quint64 integer = 0;
    QByteArrayView bytes;
};

bool takeVarint(QByteArrayView &message, quint64 &out)
{
    out = 0;
    for (int shift = 0; shift < 64 && !message.isEmpty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(message.front());
        message = message.sliced(1);
        out |= quint64(byte & 0x7f) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

bool takeField(QByteArrayView &message, Field &out)
{
    quint64 tag = 0;
    if (!takeVarint(message, tag))
        return false;
    out = Field{.number = tag >> 3, .integer = 0, .bytes = {}};
    quint64 length = 0;
    switch (tag & 7) {
    case 0:
        return takeVarint(message, out.integer);
    case 1:
        length = 8;
        break;
    case 2:
        if (!takeVarint(message, length))
            return false;
        break;
    case 5:
        length = 4;
        break;
    default:
        return false;
    }
    if (length > quint64(message.size()))
        return false;
    out.bytes = message.first(qsizetype(length));
    message = message.sliced(qsizetype(length));
    return true;
}

Result<LogIdentity> readMessage(QByteArrayView message)
{
    LogIdentity identity;
    while (!message.isEmpty()) {
        Field field;
        if (!takeField(message, field))
            return malformed();
        if (field.number == 1)
            identity.generationId = QString::fromUtf8(field.bytes);
        else if (field.number == 3)
            identity.logId = QString::fromUtf8(field.bytes);
        else if (field.number == 5)
            identity.replicationIndex = field.integer;
    }
    if (identity.logId.isEmpty())
        return malformed();
    return identity;
}

} // namespace

HttpRequest helloRequest(const Endpoint &endpoint)
{
    // One frame: flag 0, length 2, and the message "field 1 is 1" (handshake version).
    static constexpr char body[] = {0, 0, 0, 0, 2, 8, 1};
    HttpRequest request = postRequest(endpoint, "/wal_log.ReplicationLog/Hello",
                                      "application/grpc-web+proto", QByteArray(body, sizeof body));
    request.headers.append(HttpHeader{"x-grpc-web", "1"});
    return request;
}

Result<LogIdentity> readHello(const HttpResponse &response)
{
    const QByteArray status = response.head.header("grpc-status");
    if (!status.isEmpty() && status != "0") {
        const QByteArray message =
            QByteArray::fromPercentEncoding(response.head.header("grpc-message"));
        return statusError(status, QString::fromUtf8(message));
    }
    if (response.head.status == 401 || response.head.status == 403)
        return helloError(Error::Kind::Auth, u"The token is missing or refused."_qs);
    if (response.head.status != 200
        || !response.head.header("content-type").startsWith("application/grpc-web"))
        return malformed();

    QByteArrayView rest = response.body;
    std::optional<LogIdentity> identity;
    while (rest.size() >= 5) {
        const bool trailers = (static_cast<unsigned char>(rest.front()) & 0x80) != 0;
        const auto length = qFromBigEndian<quint32>(rest.data() + 1);
        rest = rest.sliced(5);
        if (length > quint64(rest.size()))
            return malformed();
        const QByteArrayView frame = rest.first(qsizetype(length));
        rest = rest.sliced(qsizetype(length));
        if (!trailers) {
            auto read = readMessage(frame);
            if (!read)
                return read.error();
            identity = std::move(*read);
        } else if (!frame.toByteArray().toLower().contains("grpc-status:0")) {
            return malformed();
        }
    }
    if (!identity)
        return malformed();
    return std::move(*identity);
}

} // namespace edgewise::hrana
