// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/draftproblems.h>

#include <algorithm>
#include <set>

namespace edgewise::reviewpage {

using changes::ObjectKind;
using flags::Problem;

namespace {

/// A flag or segment, by namespace and key.
struct Touched {
    NamespaceKey nameSpace;
    QString key;
    bool isFlag = false;
    friend std::strong_ordering operator<=>(const Touched &, const Touched &) = default;
};

std::vector<Problem> problemsAt(const Touched &touched, const flags::Snapshot &snapshot)
{
    const auto nameSpace = snapshot.nameSpace(touched.nameSpace);
    if (!nameSpace)
        return {};
    if (touched.isFlag) {
        const auto flag = nameSpace->flag(FlagKey(touched.key));
        return flag ? flags::validate(*flag, *nameSpace) : std::vector<Problem>();
    }
    const auto segment = nameSpace->segment(SegmentKey(touched.key));
    return segment ? flags::validate(*segment, touched.nameSpace) : std::vector<Problem>();
}

bool isOfFlag(ObjectKind kind)
{
    return kind != ObjectKind::Segment && kind != ObjectKind::Constraint;
}

} // namespace

std::vector<Problem> problemsOf(const changes::ChangeSet &changes, const flags::Snapshot &before,
                                const flags::Snapshot &after)
{
    std::vector<Problem> found = flags::newErrors(before, after);
    std::set<Touched> touched;
    for (const changes::Change &change : changes.changes)
        if (change.address.kind != ObjectKind::Namespace)
            touched.insert(
                {change.address.nameSpace, change.address.owner, isOfFlag(change.address.kind)});
    for (const Touched &object : touched) {
        const std::vector<Problem> old = problemsAt(object, before);
        for (const Problem &problem : problemsAt(object, after))
            if (problem.severity == Problem::Severity::Warning
                && std::find(old.begin(), old.end(), problem) == old.end())
                found.push_back(problem);
    }
    return found;
}

} // namespace edgewise::reviewpage
