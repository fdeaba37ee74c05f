// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace edgewise::flags {

/// A key made of a name: lower case, letters and digits kept, all else one hyphen.
QString keyFromName(const QString &name);

/// A key as it is typed: a blank becomes a hyphen, as in Flipt's own forms.
QString typedKey(QString text);

} // namespace edgewise::flags
