// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace edgewise::hrana {

/// Whether `text` is one JSON value as far as brackets, separators and the ends of strings go, at
/// most 1000 deep. What stands within strings and numbers is not judged.
///
/// simdjson's way of reading on demand takes that for granted where it searches an object for a
/// second field: on a text like {"a":1]] its behaviour is undefined. A server's answer is looked at
/// first, therefore, which takes a small part of the time that reading it takes.
bool hasJsonForm(QByteArrayView text);

} // namespace edgewise::hrana
