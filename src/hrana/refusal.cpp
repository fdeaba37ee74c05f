// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/refusal.h"

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

Refusal explainRefusal(const HttpHead &head, const SqlError &words)
{
    Refusal refusal;
    refusal.error =
        Error{.kind = Error::Kind::Protocol,
              .step = u"sending statements to the server"_qs,
              .detail = words.message,
              .nativeCode = words.code.isEmpty() ? u"HTTP_%1"_qs.arg(head.status) : words.code};
    // sqld writes its own refusals as JSON, protocol errors as plain text.
    const bool json = head.header("content-type").startsWith("application/json");
    switch (head.status) {
    case 400:
        if (words.code == u"STREAM_EXPIRED" || words.message == u"Received an invalid baton") {
            refusal.unknownStream = true;
            refusal.error.kind = Error::Kind::Network;
            refusal.error.nativeCode = u"STREAM_EXPIRED"_qs;
            refusal.error.retryable = true;
        }
        break;
    case 401: // refused before the stream was looked up
        refusal.error.kind = Error::Kind::Auth;
        refusal.streamLost = false;
        break;
    case 403:
        refusal.error.kind = Error::Kind::Auth;
        break;
    case 404:
        if (json) {
            refusal.error.kind = Error::Kind::NotFound;
            refusal.streamLost = false;
        } else {
            refusal.error.detail = u"The server does not know the Hrana protocol."_qs;
        }
        break;
    case 429:
        refusal.error.kind = Error::Kind::Network;
        refusal.error.retryable = true;
        break;
    case 502: // of a proxy on the way
    case 503:
    case 504:
        refusal.error.kind = Error::Kind::Network;
        refusal.error.retryable = true;
        refusal.notExecuted = false;
        break;
    default:
        if (head.status >= 500)
            refusal.notExecuted = false;
        else if (head.status >= 300 && head.status < 400)
            refusal.error.detail = u"The server sends us elsewhere, which is not followed."_qs;
        break;
    }
    if (refusal.error.detail.isEmpty())
        refusal.error.detail = u"The server answered HTTP %1."_qs.arg(head.status);
    return refusal;
}

Error explain(const SqlError &error)
{
    Error::Kind kind = Error::Kind::Protocol;
    if (error.code.startsWith(u"SQLITE_CONSTRAINT")
        || error.message.contains(u" constraint failed"))
        kind = Error::Kind::Constraint;
    else if (error.code == u"BLOCKED" || error.code.startsWith(u"SQLITE_READONLY"))
        kind = Error::Kind::ReadOnly;
    else if (error.code.startsWith(u"SQLITE_BUSY") || error.code.startsWith(u"TRANSACTION_"))
        kind = Error::Kind::Conflict;
    else if (error.code.startsWith(u"SQL_") || error.code.startsWith(u"ARGS_"))
        kind = Error::Kind::Input;
    return Error{.kind = kind,
                 .step = u"executing a statement"_qs,
                 .detail = error.message,
                 .nativeCode = error.code};
}

} // namespace edgewise::hrana
