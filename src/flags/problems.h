// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/validate.h>

#include <QHash>

#include <optional>

/// What the parts of validate() share; of no use outside of this folder.
namespace edgewise::flags {

/// What the objects of a namespace may refer to. The namespace must outlive it.
class References {
public:
    explicit References(const Namespace &nameSpace);

    struct KnownVariant {
        FlagKey flag;
        QString key;
    };
    const NamespaceKey &nameSpace() const { return m_nameSpace.key; }
    /// By key; null when there is none.
    const Segment *segment(const SegmentKey &key) const { return m_segments.value(key.text()); }
    /// By row id, among the variants of all flags; null when there is none.
    const KnownVariant *variant(const VariantId &id) const;

private:
    const Namespace &m_nameSpace;
    QHash<QString, const Segment *> m_segments;
    /// Made when it is first needed: hardly any flag names another one's variant.
    mutable std::optional<QHash<QString, KnownVariant>> m_variants;
};

/// Collects problems at one place after the other.
class ProblemList {
public:
    using Severity = Problem::Severity;
    using Code = Problem::Code;
    using Attribute = Location::Attribute;

    void setPlace(Location place) { m_place = std::move(place); }
    const Location &place() const { return m_place; }

    void error(Code code, Attribute attribute, QStringList arguments = {})
    {
        add(Severity::Error, code, attribute, std::move(arguments));
    }
    void warning(Code code, Attribute attribute, QStringList arguments = {})
    {
        add(Severity::Warning, code, attribute, std::move(arguments));
    }
    /// Judges a creation time, which orders rows as text.
    void checkCreated(const Times &times);

    std::vector<Problem> take() { return std::move(m_problems); }

private:
    void add(Severity severity, Code code, Attribute attribute, QStringList arguments);

    Location m_place;
    std::vector<Problem> m_problems;
};

/// Keys of namespaces, flags and segments; what only creation refuses counts as well.
void checkKeyAndName(ProblemList &problems, const QString &key, const QString &name);

void checkFlag(ProblemList &problems, const Flag &flag, const References &references);
void checkSegment(ProblemList &problems, const Segment &segment, const NamespaceKey &nameSpace);

/// Whether the segment matches every entity: it has no constraints that could fail.
bool matchesEveryone(const Segment &segment);

} // namespace edgewise::flags
