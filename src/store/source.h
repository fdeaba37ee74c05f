// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QString>
#include <QUrl>

namespace edgewise::store {

/// Where rows come from: an sqld node, a SQLite file, or an sqld data directory (read-only).
struct Source {
    enum class Kind { Node, File, DataDirectory };

    Kind kind = Kind::File;
    QUrl url;     ///< of a node: http or https; libsql:// has become https://
    QString path; ///< of a file, or of the directory's database file (dbs/NAMESPACE/data)
    QString text; ///< as the user gave it; never holds a token

    /// Tells the kind by the scheme, else by what stands at the path; a path of nothing is a File
    /// that does not exist yet. Input with a remedy for a URL with a user, password or unknown
    /// scheme.
    static Result<Source> parse(const QString &text);

    friend bool operator==(const Source &, const Source &) = default;
};

} // namespace edgewise::store
