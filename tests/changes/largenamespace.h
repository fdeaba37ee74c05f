// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

namespace edgewise::test {

inline const NamespaceKey large(QStringLiteral("large"));

/// `snapshot` with one flag of the namespace "large" edited.
template <typename Edit>
flags::Snapshot withFlag(const flags::Snapshot &snapshot, size_t index, Edit edit)
{
    flags::Snapshot result = snapshot;
    flags::Namespace nameSpace = *result.namespaces.front();
    flags::Flag flag = *nameSpace.flags.at(index);
    edit(flag);
    nameSpace.flags.at(index) = std::make_shared<const flags::Flag>(std::move(flag));
    result.namespaces.front() = std::make_shared<const flags::Namespace>(std::move(nameSpace));
    return result;
}

} // namespace edgewise::test
