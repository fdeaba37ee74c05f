// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/validate.h"

#include "flags/problems.h"
#include "flags/timestamp.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace edgewise::flags {

namespace {

using Code = Problem::Code;
using Attribute = Location::Attribute;
using Part = Location::Part;

/// Flipt: rpc/flipt/validation.go, keyRegex.
bool isKey(QStringView key)
{
    return std::ranges::all_of(key, [](QChar c) {
        return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9')
               || c == u'-' || c == u'_' || c == u',';
    });
}

QSet<QString> usedSegments(const Namespace &nameSpace)
{
    QSet<QString> used;
    for (const auto &flag : nameSpace.flags) {
        for (const Rule &rule : flag->rules) {
            for (const SegmentKey &key : rule.segments)
                used.insert(key.text());
        }
        for (const Rollout &rollout : flag->rollouts) {
            for (const SegmentMatch &match : rollout.segmentMatches) {
                for (const SegmentKey &key : match.segments)
                    used.insert(key.text());
            }
        }
    }
    return used;
}

void checkNamespaceRow(ProblemList &problems, const Namespace &nameSpace)
{
    problems.setPlace({Part::Namespace, nameSpace.key, {}, {}, {}, -1, {}});
    checkKeyAndName(problems, nameSpace.key.text(), nameSpace.name);
    problems.checkCreated(nameSpace.times);
    if (!nameSpace.stateModified) {
        // A new database has none, and no client of it either.
        if (!nameSpace.flags.empty() && !nameSpace.times.created.isEmpty())
            problems.warning(Code::StampMissing, Attribute::StateModified);
    } else if (!parseTimestamp(*nameSpace.stateModified)) {
        problems.warning(Code::StampUnreadable, Attribute::StateModified,
                         {*nameSpace.stateModified});
    }
}

template <typename T>
void checkDuplicates(ProblemList &problems, const std::vector<std::shared_ptr<const T>> &objects,
                     Part part, const NamespaceKey &nameSpace)
{
    QSet<QString> seen;
    for (const auto &object : objects) {
        const QString &key = object->key.text();
        if (seen.contains(key)) {
            problems.setPlace({part, nameSpace, key, {}, {}, -1, {}});
            problems.error(Code::DuplicateKey, Attribute::Key, {key});
        }
        seen.insert(key);
    }
}

void checkNamespace(ProblemList &problems, const Namespace &nameSpace)
{
    checkNamespaceRow(problems, nameSpace);
    checkDuplicates(problems, nameSpace.segments, Part::Segment, nameSpace.key);
    checkDuplicates(problems, nameSpace.flags, Part::Flag, nameSpace.key);
    const QSet<QString> used = usedSegments(nameSpace);
    for (const auto &segment : nameSpace.segments) {
        checkSegment(problems, *segment, nameSpace.key);
        if (!used.contains(segment->key.text())) {
            problems.setPlace({Part::Segment, nameSpace.key, segment->key.text(), {}, {}, -1, {}});
            problems.warning(Code::SegmentUnused, Attribute::Object);
        }
    }
    const References references(nameSpace);
    for (const auto &flag : nameSpace.flags)
        checkFlag(problems, *flag, references);
}

/// By kind of Orphan::Object: the table, and what a row of it belongs to.
struct OrphanKind {
    Part part;
    const char *table;
    const char *owner;
};
constexpr std::array<OrphanKind, std::variant_size_v<Orphan::Object>> orphanKinds = {{
    {Part::Segment, "segments", "namespace"},
    {Part::Constraint, "constraints", "segment"},
    {Part::Flag, "flags", "namespace"},
    {Part::Variant, "variants", "flag"},
    {Part::Rule, "rules", "flag"},
    {Part::Distribution, "distributions", "rule"},
    {Part::Rollout, "rollouts", "flag"},
    {Part::Rollout, "rollout_thresholds", "rollout"},
    {Part::Rollout, "rollout_segments", "rollout"},
}};

void checkOrphan(ProblemList &problems, const Orphan &orphan)
{
    const OrphanKind &kind = orphanKinds.at(orphan.object.index());
    const bool isOwner = kind.part == Part::Flag || kind.part == Part::Segment;
    problems.setPlace({kind.part,
                       orphan.nameSpace,
                       isOwner ? orphan.identity() : orphan.owner,
                       orphan.parent,
                       isOwner ? QString() : orphan.identity(),
                       -1,
                       {}});
    if (!orphan.hasRow) {
        const bool isRule = kind.part == Part::Rule;
        problems.error(
            Code::OrphanRow, Attribute::Segments,
            {isRule ? u"rule_segments"_qs : u"rollout_segment_references"_qs,
             (isRule ? u"rule "_qs : u"row of rollout_segments "_qs) + orphan.identity()});
        return;
    }
    const QString missing = isOwner ? orphan.nameSpace.text()
                            : !orphan.parent.isEmpty()
                                ? orphan.parent
                                : QString(orphan.nameSpace.text() + u'/' + orphan.owner);
    problems.error(
        Code::OrphanRow, Attribute::Object,
        {QString::fromLatin1(kind.table), QString::fromLatin1(kind.owner) + u' ' + missing});
}

/// What tells a problem from another, wherever it stands among its siblings.
Problem withoutIndex(Problem problem)
{
    if (!problem.location.id.isEmpty())
        problem.location.index = -1;
    return problem;
}

/// The problems of `nameSpace` that may differ from those of `before`: an edit of flags alone,
/// which is what most edits are, needs no look at the other flags.
std::vector<Problem> problemsOfChange(const Namespace *before, const Namespace &nameSpace)
{
    ProblemList problems;
    if (!before || before->segments != nameSpace.segments
        || before->flags.size() != nameSpace.flags.size()) {
        checkNamespace(problems, nameSpace);
        return problems.take();
    }
    checkNamespaceRow(problems, nameSpace);
    checkDuplicates(problems, nameSpace.flags, Part::Flag, nameSpace.key);
    const References references(nameSpace);
    for (size_t i = 0; i < nameSpace.flags.size(); ++i) {
        if (nameSpace.flags[i] != before->flags[i])
            checkFlag(problems, *nameSpace.flags[i], references);
    }
    return problems.take();
}

} // namespace

References::References(const Namespace &nameSpace) : m_nameSpace(nameSpace)
{
    for (const auto &segment : nameSpace.segments)
        m_segments.insert(segment->key.text(), segment.get());
}

const References::KnownVariant *References::variant(const VariantId &id) const
{
    if (!m_variants) {
        m_variants.emplace();
        for (const auto &flag : m_nameSpace.flags) {
            for (const Variant &variant : flag->variants)
                m_variants->insert(variant.id.text(), {flag->key, variant.key});
        }
    }
    const auto known = m_variants->constFind(id.text());
    return known == m_variants->constEnd() ? nullptr : &*known;
}

void ProblemList::add(Severity severity, Code code, Attribute attribute, QStringList arguments)
{
    Problem problem{severity, code, m_place, std::move(arguments)};
    problem.location.attribute = attribute;
    m_problems.push_back(std::move(problem));
}

void ProblemList::checkCreated(const Times &times)
{
    if (times.created.isEmpty())
        return;
    if (!parseTimestamp(times.created)) {
        warning(Code::TimeUnreadable, Attribute::Created, {times.created});
        return;
    }
    // Rows are ordered by the text: only one form of it sorts like time (SQLite's own
    // CURRENT_TIMESTAMP has no offset, and sorts right).
    constexpr qsizetype dateAndTime = 19;
    const bool hasOtherOffset = times.created.size() > dateAndTime
                                && (times.created.indexOf(u'+', dateAndTime) >= 0
                                    || times.created.indexOf(u'-', dateAndTime) >= 0)
                                && !times.created.endsWith(u"+00:00");
    if (times.created.contains(u'T') || hasOtherOffset)
        warning(Code::TimeUnsortable, Attribute::Created, {times.created});
}

void checkKeyAndName(ProblemList &problems, const QString &key, const QString &name)
{
    if (key.isEmpty())
        problems.error(Code::KeyEmpty, Attribute::Key);
    else if (!isKey(key))
        problems.error(Code::KeyInvalid, Attribute::Key, {key});
    if (name.isEmpty())
        problems.error(Code::NameEmpty, Attribute::Name);
}

std::vector<Problem> validate(const Snapshot &snapshot)
{
    ProblemList problems;
    QSet<QString> seen;
    for (const auto &nameSpace : snapshot.namespaces) {
        const QString &key = nameSpace->key.text();
        if (seen.contains(key)) {
            problems.setPlace({Part::Namespace, nameSpace->key, {}, {}, {}, -1, {}});
            problems.error(Code::DuplicateKey, Attribute::Key, {key});
        }
        seen.insert(key);
        checkNamespace(problems, *nameSpace);
    }
    for (const Orphan &orphan : snapshot.orphans)
        checkOrphan(problems, orphan);
    return problems.take();
}

std::vector<Problem> validate(const Namespace &nameSpace)
{
    ProblemList problems;
    checkNamespace(problems, nameSpace);
    return problems.take();
}

std::vector<Problem> validate(const Flag &flag, const Namespace &nameSpace)
{
    ProblemList problems;
    checkFlag(problems, flag, References(nameSpace));
    return problems.take();
}

std::vector<Problem> validate(const Segment &segment, const NamespaceKey &nameSpace)
{
    ProblemList problems;
    checkSegment(problems, segment, nameSpace);
    return problems.take();
}

std::vector<Problem> newErrors(const Snapshot &before, const Snapshot &after)
{
    std::vector<Problem> result;
    for (const auto &nameSpace : after.namespaces) {
        const auto old = before.nameSpace(nameSpace->key);
        if (old == nameSpace)
            continue;
        std::vector<Problem> known;
        if (old)
            known = problemsOfChange(nameSpace.get(), *old);
        std::ranges::transform(known, known.begin(), withoutIndex);
        for (Problem &problem : problemsOfChange(old.get(), *nameSpace)) {
            if (problem.severity == Problem::Severity::Error
                && std::ranges::find(known, withoutIndex(problem)) == known.end())
                result.push_back(std::move(problem));
        }
    }
    return result;
}

} // namespace edgewise::flags
