// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <features/node.h>
#include <features/parse.h>

namespace edgewise::features {

/// Turns namespaces into trees with the fields that Flipt's export writes, in its order, and
/// without those that it leaves out (Flipt: internal/ext/common.go, exporter.go).
class DocumentWriter {
public:
    DocumentWriter(Format format, bool sortByKey) : m_format(format), m_sortByKey(sortByKey) {}

    /// `withVersion` for the first document of a stream.
    NodePointer document(const flags::Namespace &nameSpace, bool withVersion);
    std::vector<Warning> takeWarnings() { return std::move(m_warnings); }

private:
    NodePointer flagNode(const flags::Flag &flag);
    NodePointer variantNode(const flags::Flag &flag, const flags::Variant &variant);
    NodePointer ruleNode(const flags::Flag &flag, const flags::Rule &rule);
    NodePointer rolloutNode(const flags::Flag &flag, const flags::Rollout &rollout);
    NodePointer segmentNode(const flags::Segment &segment) const;
    NodePointer jsonNode(const QString &text, const QString &owner, bool mustBeObject);
    NodePointer ordered(const NodePointer &node) const;
    void warn(const QString &text);

    const Format m_format;
    const bool m_sortByKey;
    QString m_nameSpace; ///< of the document being made, for warnings
    std::vector<Warning> m_warnings;
};

} // namespace edgewise::features
