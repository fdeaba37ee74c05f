// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QStringList>

namespace edgewise::flagspage {

/// "AND", "OR", or what an unknown operator does.
QString operatorWord(int segmentOperator);

/// The keys of the segments, or "nobody" where there is none: such a rule does not exist for
/// evaluation.
QStringList segmentTexts(const std::vector<SegmentKey> &segments);

} // namespace edgewise::flagspage
