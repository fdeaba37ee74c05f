// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/transport.h"

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

Result<HttpResponse> Transport::exchange(const HttpRequest &request, QDeadlineTimer deadline)
{
    auto head = send(request, deadline);
    if (!head)
        return head.error();
    HttpResponse response{.head = std::move(*head), .body = {}};
    for (;;) {
        const auto more = read(response.body, deadline);
        if (!more)
            return more.error();
        if (!*more)
            return response;
        if (response.body.size() > bodyLimit()) {
            close();
            return Error{.kind = Error::Kind::Protocol,
                         .step = u"reading the server's answer"_qs,
                         .detail = u"The answer is larger than %1 bytes."_qs.arg(bodyLimit())};
        }
    }
}

} // namespace edgewise::hrana
