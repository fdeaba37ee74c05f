// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flipt/fliptclient.h>

#include <QJsonObject>

namespace edgewise::flipt {

/// What is asked: one evaluation, or a batch of them.
struct Question {
    enum class Kind { Variant, Boolean, Batch };
    Kind kind = Kind::Variant;
    std::vector<Request> requests; ///< one, but of a batch any number
};

/// A Flipt's answer without what differs from call to call (request id, times).
struct Reply {
    int status = 0; ///< of HTTP
    QJsonObject response;
    friend bool operator==(const Reply &, const Reply &) = default;
};

/// Whether they say the same. Of an internal error the words are the server's own affair.
bool sameReply(const Reply &a, const Reply &b);

/// {"status":…,"response":…} without a line break.
QByteArray toJsonLine(const Reply &reply);

/// Asks; on the client's thread, with its errors.
QFuture<Result<Timed<Reply>>> ask(FliptClient &client, const Question &question);

} // namespace edgewise::flipt
