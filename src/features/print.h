// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <features/parse.h>
#include <flags/snapshot.h>

#include <QByteArray>

#include <optional>
#include <vector>

namespace edgewise::features {

/// The first line of an exported file, as Flipt's own export writes it into files.
struct Header {
    QString program;            ///< name and version: "Flipt (v1.61.1)"
    qint64 wallNanoseconds = 0; ///< since 1970 UTC
};

struct PrintOptions {
    Format format = Format::Yaml;
    /// Namespaces, flags, variants and segments by key, as `flipt export --sort-by-key`; else in
    /// the order of the snapshot.
    bool sortByKey = true;
    /// These alone; all when absent.
    std::optional<std::vector<NamespaceKey>> namespaces = {};
    std::optional<Header> header = {};
};

struct Printed {
    QByteArray text;
    /// What a document cannot say and so does not: a rule without segment, an attachment that is
    /// no JSON, a distribution of another flag's variant …. On such things Flipt's own export
    /// fails, or writes a document that its import refuses.
    std::vector<Warning> warnings;
};

/// A document per namespace, byte for byte as `flipt export` writes them (Flipt:
/// internal/ext/exporter.go). NotFound for a namespace that the snapshot lacks. Pure; may be
/// called from any thread.
Result<Printed> print(const flags::Snapshot &snapshot, const PrintOptions &options = {});

} // namespace edgewise::features
