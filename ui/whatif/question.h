// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/program.h>
#include <flags/snapshot.h>

#include <memory>

namespace edgewise::whatifpage {

/// What is asked about, whoever is asked for: a flag or all of a namespace, in one state or two.
struct Question {
    NamespaceKey nameSpace;
    FlagKey flag;                                      ///< empty for all flags
    std::shared_ptr<const evaluation::Program> first;  ///< null while it is not known
    std::shared_ptr<const evaluation::Program> second; ///< null for one state
    QString firstName;
    QString secondName;
    bool areEqual = false; ///< two states were chosen and nothing differs: `second` is null
    /// The namespace as the newer state has it, or the other one where it does not; may be null.
    std::shared_ptr<const flags::Namespace> words;

    /// The same question to the same programs; `words` do not count.
    bool asksTheSame(const Question &other) const
    {
        return nameSpace == other.nameSpace && flag == other.flag && first == other.first
               && second == other.second && looksTheSame(other);
    }
    /// Answers that are equal are shown in the same way.
    bool looksTheSame(const Question &other) const
    {
        return firstName == other.firstName && secondName == other.secondName
               && areEqual == other.areEqual && !first == !other.first && !second == !other.second;
    }
};

} // namespace edgewise::whatifpage
