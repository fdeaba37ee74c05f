// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/baseindex.h>
#include <store/writeplan.h>

#include <set>

namespace edgewise::store {

/// Guards what must still be true around the rows that a save writes: nobody else has added,
/// removed or re-ranked what stands beside them, removed what they refer to, or put something into
/// what goes.
class Surroundings {
public:
    /// `base` and `statements`, which takes the guards, must outlive this.
    Surroundings(const BaseIndex &base, const std::vector<changes::Change> &changes,
                 QList<WriteStatement> &statements);

    void guardSchema();
    /// Before anything is written.
    void guard(const changes::Change &change);
    /// Before the object is removed: what the tables would delete with it has been removed by name;
    /// anything left was put there by somebody else meanwhile.
    void guardEmpty(const changes::Address &address);
    /// After everything: no rule or rollout names the removed segment.
    void guardUnused(const changes::Address &segment);

private:
    void add(const Condition &condition, Purpose purpose, const changes::Address &object);
    void guardSegments(const changes::Address &address);
    void guardReferences(const changes::Change &change);

    const BaseIndex &m_base;
    QList<WriteStatement> &m_statements;
    std::set<changes::Address> m_added;
    std::set<changes::Address> m_removed;
    QSet<QString> m_addedVariants;
    std::set<changes::Address> m_guardedLists;
    std::set<changes::Address> m_guardedReferences;
};

} // namespace edgewise::store
