// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <flags/snapshot.h>

#include <QByteArrayView>
#include <QString>

#include <optional>
#include <set>
#include <vector>

/// features.yml and features.json: the documents that Flipt imports and exports (Flipt:
/// internal/ext). Knows neither databases nor files.
namespace edgewise::features {

enum class Format { Yaml, Json };

/// By the suffix: .yml and .yaml, .json, in any case; nothing for others.
std::optional<Format> formatOf(const QString &fileName);

/// Something that Flipt passes over in silence and that the author hardly meant.
struct Warning {
    int line = 0; ///< from 1; 0 when it is about no place in a text
    int column = 0;
    QString text;
    friend bool operator==(const Warning &, const Warning &) = default;
};

/// What a stream of documents says. A document knows neither ids nor times nor whether a namespace
/// is protected, so that its snapshot holds:
/// - ids that say where in the document the object stands (see syntheticPrefix), unique in the
///   snapshot: of variants by the keys of namespace, flag and variant, so that default variants
///   and distributions refer to them; of rules, distributions, rollouts, their parts and
///   constraints by position from 1. They are never written to a database.
/// - empty times, no state_modified_at, isProtected false.
/// - a constraint's description: '' when there is none, never NULL.
/// Several documents of one namespace make one namespace.
struct Document {
    flags::Snapshot snapshot;
    /// Namespaces of which no document says name or description (a namespace named by its key
    /// alone, or not at all): an existing one keeps both, a new one is named like its key, or
    /// has no name where a map left it out.
    std::set<NamespaceKey> keyOnly;
    std::vector<Warning> warnings; ///< at most maximumWarnings
};

inline constexpr size_t maximumWarnings = 1000;

/// Ids made by parse() begin so; the rest is namespace/flag/variants/key, namespace/flag/rules/2,
/// namespace/flag/rules/2/distributions/1, namespace/flag/rollouts/1,
/// namespace/flag/rollouts/1/part, namespace/segment/constraints/3, each key percent-encoded.
inline constexpr QLatin1StringView syntheticPrefix{"document:"};

template <typename Tag>
bool isSynthetic(const Key<Tag> &id)
{
    return id.text().startsWith(syntheticPrefix);
}

/// All documents of the stream. Refuses what Flipt's import refuses, with its words where it has
/// any; keeps the constraints' descriptions, which Flipt's import loses. Checks of values are
/// flags::validate's, references to segments too, since these may be in the database already.
/// Input with line and column otherwise, also for a text over 128 MiB, nested over 400 deep or
/// blown up by aliases. Pure; may be called from any thread.
Result<Document> parse(QByteArrayView text, Format format);

} // namespace edgewise::features
