// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QByteArray>
#include <QByteArrayView>

namespace edgewise::hrana {

/// Unpacks one gzip member. Protocol when it is none, is damaged or holds more than `limit` bytes.
Result<QByteArray> unpackGzip(QByteArrayView packed, qsizetype limit);

} // namespace edgewise::hrana
