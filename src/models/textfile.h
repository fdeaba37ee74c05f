// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QByteArray>
#include <QFileDevice>

namespace edgewise::models {

/// Of a file that could not be opened, read or written, with its name and the system's words.
Error fileError(const QString &step, const QFileDevice &file);

/// Small files that people keep beside their work. `step` is what is being done (see Error::step).
/// Input for one over 64 MiB.
Result<QByteArray> readTextFile(const QString &step, const QString &name);
/// Whole or not at all.
Result<void> writeTextFile(const QString &step, const QString &name, const QByteArray &text);

/// A field of CSV (RFC 4180), in quotes where it needs them.
QByteArray csvField(const QString &text);

} // namespace edgewise::models
