// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QByteArray>

#include <vector>

namespace edgewise::workspace {

/// Requests that put a database to the test, as lines for ParityRun: of every flag some, with made
/// up entities and contexts of the values that the segments ask for. At most `most`; where there
/// are more flags, those at even distances. The same snapshot gives the same requests.
std::vector<QByteArray> parityRequests(const flags::Snapshot &snapshot, qsizetype most);

} // namespace edgewise::workspace
