// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <features/fieldreader.h>
#include <features/flagreader.h>

#include <QHash>
#include <QSet>

namespace edgewise::features {

/// Turns the trees of one stream into a snapshot as Flipt's import does (Flipt:
/// internal/ext/importer.go). Read once, then done.
class DocumentReader {
public:
    DocumentReader(Positions positions, Format format) : m_fields(std::move(positions), format) {}

    Result<Document> read(const std::vector<NodePointer> &roots);

private:
    /// A namespace while its documents are read.
    struct Building {
        flags::Namespace value;
        QSet<QString> flagKeys;
        QSet<QString> segmentKeys;
        bool keyOnly = true;
        bool isMap = false;
    };

    bool readVersion(const Node &root);
    bool readDocument(const Node &root);
    Building *nameSpace(const Node &root);
    bool readFlags(const Node &root, Building &building);
    bool readSegments(const Node &root, Building &building);
    std::optional<flags::Segment> segment(const Node &node, const NamespaceKey &nameSpace);
    std::optional<flags::Constraint> constraint(const Node &node);

    FieldReader m_fields;
    DocumentVersion m_version;
    std::vector<std::unique_ptr<Building>> m_namespaces;
    QHash<QString, Building *> m_byKey;
};

} // namespace edgewise::features
