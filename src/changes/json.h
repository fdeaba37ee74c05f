// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

#include <QByteArray>

/// Change sets as files.
namespace edgewise::changes {

/// What the name of such a file ends with.
inline constexpr QLatin1StringView fileSuffix{".changes.json"};

/// UTF-8, indented, one trailing line feed. Law: parseJson(toJson(c)) == c.
QByteArray toJson(const ChangeSet &changes);

/// Input, naming the place, for anything that toJson does not write; unknown members are refused,
/// so that a file of a newer version is never half understood.
Result<ChangeSet> parseJson(const QByteArray &json);

} // namespace edgewise::changes
