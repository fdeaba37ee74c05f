// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <features/fieldreader.h>

namespace edgewise::features {

/// Of the first document of a stream; 1.4 when it says none.
struct DocumentVersion {
    int major = 1;
    int minor = 4;
    friend auto operator<=>(const DocumentVersion &, const DocumentVersion &) = default;
};

/// A flag with all that belongs to it out of its map, as Flipt's import makes it (Flipt:
/// internal/ext/importer.go). Problems go to `fields`, which must outlive it.
class FlagReader {
public:
    FlagReader(FieldReader &fields, DocumentVersion version) : m_fields(fields), m_version(version)
    {
    }

    std::optional<flags::Flag> read(const Node &node, const NamespaceKey &nameSpace);

private:
    bool readMetadata(const Node &node, flags::Flag &flag);
    bool readVariants(const Node &node, flags::Flag &flag);
    bool readAttachment(const Node &node, flags::Variant &variant);
    bool readRules(const Node &node, flags::Flag &flag);
    bool readRuleSegments(const Node &node, flags::Rule &rule);
    bool readDistributions(const Node &node, flags::Rule &rule, const flags::Flag &flag);
    bool readRollouts(const Node &node, flags::Flag &flag);
    bool readThreshold(const Node &node, flags::Rollout &rollout);
    bool readSegmentMatch(const Node &node, flags::Rollout &rollout);
    bool require(const Node &node, DocumentVersion since, const QString &field);

    FieldReader &m_fields;
    const DocumentVersion m_version;
    QString m_path; ///< begin of the ids of the flag being read
};

/// The part of a synthetic id that stands for a key.
QString idPart(const QString &key);

} // namespace edgewise::features
