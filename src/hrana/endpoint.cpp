// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/endpoint.h"

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

namespace {

bool printableAscii(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

Error inputError(const QString &detail)
{
    return Error{
        .kind = Error::Kind::Input, .step = u"connecting to the server"_qs, .detail = detail};
}

} // namespace

Result<void> check(const Endpoint &endpoint)
{
    const QString scheme = endpoint.url.scheme();
    if (scheme != u"http" && scheme != u"https" && scheme != u"libsql")
        return inputError(u"The address must begin with http://, https:// or libsql://."_qs);
    if (!endpoint.url.isValid() || endpoint.url.host().isEmpty())
        return inputError(u"The address names no host."_qs);
    if (!endpoint.url.userInfo().isEmpty())
        return inputError(
            u"The address must not hold a user or password: give a token instead."_qs);
    if (!printableAscii(endpoint.token.reveal()))
        return inputError(u"The token holds a space or a character that no token can have."_qs);
    return {};
}

HttpRequest postRequest(const Endpoint &endpoint, QByteArrayView path, QByteArrayView contentType,
                        QByteArray body)
{
    HttpRequest request;
    request.target = endpoint.url.path(QUrl::FullyEncoded).toLatin1();
    while (request.target.endsWith('/'))
        request.target.chop(1);
    request.target.append(path);
    const QByteArray authority =
        endpoint.url.authority(QUrl::FullyEncoded | QUrl::RemoveUserInfo).toLatin1();
    request.headers = {
        {"Host", authority},
        {"Accept-Encoding", endpoint.compression ? "gzip" : "identity"},
        {"Content-Type", contentType.toByteArray()},
    };
    if (!endpoint.token.isEmpty())
        request.headers.append({"Authorization", "Bearer " + endpoint.token.reveal()});
    if (!endpoint.databaseNamespace.isEmpty()) {
        request.headers.append({"x-namespace-bin", endpoint.databaseNamespace.toUtf8().toBase64(
                                                       QByteArray::OmitTrailingEquals)});
    }
    request.body = std::move(body);
    return request;
}

} // namespace edgewise::hrana
