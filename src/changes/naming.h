// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

#include <QString>

namespace edgewise::changes {

/// Names objects as people know them instead of by row id: variants by key, rules and rollouts by
/// their number, constraints by what they say. Cheap to copy; looks up only what is asked for.
class Naming {
public:
    /// Both sides of the changes: what is not in `after` was removed, and is looked up in `before`.
    Naming(flags::Snapshot before, flags::Snapshot after);

    /// `flag "quiet-hours"`, `rule 2`, `distribution "one-page"`.
    QString object(const Address &address) const;
    /// The same with all that it belongs to: `distribution "one-page" of rule 2 of flag
    /// "default/quiet-hours"`.
    QString path(const Address &address) const;
    /// `boolean` for a flag's type 1, a variant's key for its id, `"text"`, `none`.
    QString value(const Address &address, Field field, const Value &value) const;

private:
    QString variantKey(const Address &address, const QString &id) const;

    flags::Snapshot m_before;
    flags::Snapshot m_after;
};

} // namespace edgewise::changes
