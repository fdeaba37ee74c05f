// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/result.h>
#include <features/print.h>

#include <QStringList>

namespace edgewise::cli {

/// The documents in a file, by its suffix. Input names the file, and line and column where there
/// are any.
Result<features::Document> readDocument(const QString &path);

/// The format that a file of this name gets; Input for a suffix that is none of theirs.
Result<features::Format> formatForWriting(const QString &path);

/// Writes a file whole or not at all.
Result<void> writeFile(const QString &path, const QByteArray &content);

/// Writes an export with Flipt's header lines, whole or not at all; returns the warnings' texts.
Result<QStringList> writeDocument(const QString &path, const flags::Snapshot &snapshot,
                                  features::PrintOptions options, const Clock &clock);

/// "line 3, column 5: unknown key …"; the text alone where there is no place.
QString warningText(const features::Warning &warning);

} // namespace edgewise::cli
