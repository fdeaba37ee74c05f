// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/transport.h"

#include "hrana/gzip.h"

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

Result<HttpResponse> Transport::exchange(const HttpRequest &request, QDeadlineTimer deadline)
{
    auto head = send(request, deadline);
    if (!head)
        return head.error();
    HttpResponse response{.head = std::move(*head), .body = {}};
    const auto refuse = [this](const QString &detail) {
        close();
        return Error{.kind = Error::Kind::Protocol,
                     .step = u"reading the server's answer"_qs,
                     .detail = detail};
    };
    // Not even begun where the end is known.
    if (response.head.header("content-length").toLongLong() > bodyLimit())
        return refuse(u"The answer is larger than %1 bytes."_qs.arg(bodyLimit()));
    for (;;) {
        const auto more = read(response.body, deadline);
        if (!more)
            return more.error();
        if (!*more)
            break;
        if (response.body.size() > bodyLimit())
            return refuse(u"The answer is larger than %1 bytes."_qs.arg(bodyLimit()));
    }
    const QByteArray encoding = response.head.header("content-encoding").toLower();
    if (encoding.isEmpty() || encoding == "identity")
        return response;
    if (encoding != "gzip")
        return refuse(u"The server packed its answer in a way that was not offered."_qs);
    auto body = unpackGzip(response.body, bodyLimit());
    if (!body)
        return refuse(body.error().detail);
    response.body = std::move(*body);
    return response;
}

} // namespace edgewise::hrana
