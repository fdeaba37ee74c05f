// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QUrl>

namespace edgewise::flipt {

/// The base address of a running Flipt out of what a person gave: flipt+http://, flipt+https://,
/// http:// or https://, a path before Flipt's own allowed. Input, with a remedy, for other schemes,
/// no host, or a user and password in it.
Result<QUrl> parseAddress(const QString &text);

} // namespace edgewise::flipt
