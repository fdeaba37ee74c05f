// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/statement.h>

namespace edgewise::hrana {

/// The JSON bodies of Hrana 3. Integers travel as strings, base64 without escapes: the server
/// borrows these strings and refuses escaped ones (sqld: libsql-hrana/src/proto.rs). A double that
/// is not finite has no place in JSON and is written as null: refuse it earlier. Lone surrogates
/// become U+FFFD.
QByteArray encodePipeline(const Pipeline &pipeline);
QByteArray encodeCursor(const QByteArray &baton, const Batch &batch);

} // namespace edgewise::hrana
