// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/token.h>

#include <QString>
#include <QUrl>

namespace edgewise::hrana {

/// Where a node listens, and what lets us in. The token goes to this host alone: a `base_url` in an
/// answer and HTTP redirects are never followed.
struct Endpoint {
    /// http, https or libsql (which is https); a path goes before the protocol's own paths.
    QUrl url;
    Token token;
    /// For servers with --enable-namespaces: sent as `x-namespace-bin`. Empty lets the server
    /// choose by the host's name.
    QString databaseNamespace;
};

} // namespace edgewise::hrana
