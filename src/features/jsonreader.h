// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <features/node.h>

namespace edgewise::features {

/// One JSON value by the rules of Go's encoding/json: numbers are doubles and those beyond double
/// are refused, lone surrogates and invalid UTF-8 become U+FFFD, of equal keys the last counts.
/// Input with line and column for all else, and for what is nested too deeply.
Result<NodePointer> readJson(QByteArrayView text);

/// A stream of such values with nothing but white space between them.
Result<std::vector<NodePointer>> readJsonStream(QByteArrayView text,
                                                qsizetype nodeLimit = maximumNodes);

} // namespace edgewise::features
