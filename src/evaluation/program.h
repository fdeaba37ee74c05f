// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/keytable.h>
#include <flags/snapshot.h>

#include <memory>
#include <string_view>
#include <vector>

namespace edgewise::evaluation {

struct CompiledNamespace;
struct CompiledFlag;

/// A snapshot made ready for evaluation: texts as bytes, values parsed, buckets laid out, keys
/// indexed. Immutable, so any number of threads may use it; it shares with the program it was
/// compiled after whatever has not changed.
class Program {
public:
    explicit Program(std::vector<std::shared_ptr<const CompiledNamespace>> namespaces);

    const std::vector<std::shared_ptr<const CompiledNamespace>> &namespaces() const
    {
        return m_namespaces;
    }
    /// Null when there is none. An empty key means "default", as in Flipt's requests.
    const CompiledNamespace *nameSpace(std::string_view key) const;

private:
    std::vector<std::shared_ptr<const CompiledNamespace>> m_namespaces;
    KeyTable m_table; ///< positions in m_namespaces
};

/// Never fails: what is faulty in the snapshot answers as Flipt answers. Reuses what `previous`
/// holds for objects that are the same (equal pointers) in `snapshot`; of the rest it is
/// independent. Milliseconds for 10,000 flags, well under one after an edit.
std::shared_ptr<const Program> compile(const flags::Snapshot &snapshot,
                                       const std::shared_ptr<const Program> &previous = {});

/// Keys of a namespace's flags in the order of the snapshot; none for an unknown namespace.
std::vector<QString> flagKeys(const Program &program, std::string_view nameSpace);

} // namespace edgewise::evaluation
