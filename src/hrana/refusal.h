// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>
#include <hrana/answer.h>
#include <hrana/httpmessage.h>

namespace edgewise::hrana {

/// What an HTTP status other than 200 means (sqld: http/user/mod.rs, hrana/http/mod.rs).
struct Refusal {
    Error error;
    /// The server has dropped the stream, its transaction rolled back.
    bool streamLost = true;
    /// No statement of the request was executed.
    bool notExecuted = true;
    /// It no longer knows the stream: a new one may take the request.
    bool unknownStream = false;
};

/// `words` is the body as Decoder::refusal read it.
Refusal explainRefusal(const HttpHead &head, const SqlError &words);

/// A refused statement as an Error, its kind by the code (and by the words where a replica has lost
/// the code).
Error explain(const SqlError &error);

} // namespace edgewise::hrana
