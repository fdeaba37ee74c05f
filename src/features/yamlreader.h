// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <features/node.h>

namespace edgewise::features {

/// The documents of a YAML stream as trees, by the rules of Flipt's reader (gopkg.in/yaml.v3):
/// aliases and merges are followed, duplicate keys, control characters and text that is not UTF-8
/// are Input errors. Bounded in depth, in nodes and in what aliases may blow the text up to.
Result<std::vector<NodePointer>> readYaml(QByteArrayView text, qsizetype nodeLimit = maximumNodes);

} // namespace edgewise::features
