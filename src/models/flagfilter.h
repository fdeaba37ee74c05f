// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

#include <QStringList>

#include <vector>

namespace edgewise::models {

/// One condition of a filter, such as "type:boolean" or "-used:beta".
struct FlagCondition {
    enum class Kind {
        Key,      ///< key:TEXT
        Name,     ///< name:TEXT
        Type,     ///< type:variant, type:boolean
        Enabled,  ///< enabled:yes, is:enabled, is:disabled
        Metadata, ///< meta:NAME or meta:NAME=VALUE; tag:TEXT looks into "tag" and "tags"
        Uses,     ///< used:SEGMENT
        Changed,  ///< is:changed
        Problems, ///< has:problems
    };

    Kind kind = Kind::Key;
    QString value; ///< folded
    bool isWanted = true;

    friend bool operator==(const FlagCondition &, const FlagCondition &) = default;
};

struct FlagFilter {
    QStringList words; ///< folded; all must occur in key, name or description
    std::vector<FlagCondition> conditions;

    bool asksForProblems() const;
};

/// What a person typed. Words are parted by blanks; a minus in front of a condition turns it over;
/// what looks like a condition and is none is a word.
FlagFilter parseFlagFilter(const QString &text);

/// `isChanged` in the draft; `hasProblems` counts only where the filter asks for them.
bool fits(const FlagFilter &filter, const flags::Flag &flag, bool isChanged, bool hasProblems);

} // namespace edgewise::models
