// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QMap>

namespace edgewise::workspace {

/// Of each property that constraints of the namespace's segments ask for, the values that they
/// name, a few at most: contexts of such values put the segments to the test. By property.
QMap<QString, QStringList> namedValues(const flags::Namespace &nameSpace);

} // namespace edgewise::workspace
