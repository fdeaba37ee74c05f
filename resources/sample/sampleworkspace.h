// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace edgewise {

/// The features document of the sample workspace, a shop with three namespaces, as compiled in.
/// Cheap to repeat; may be called from any thread.
QByteArray sampleWorkspace();

} // namespace edgewise
