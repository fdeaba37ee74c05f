// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/proxy.h>
#include <base/result.h>

#include <QByteArray>
#include <QString>

#include <optional>

namespace edgewise::workspace {

/// How the servers of a connection are reached, beside their addresses and tokens.
struct Route {
    QByteArray authorities = {};     ///< in PEM, trusted beside the system's
    std::optional<Proxy> proxy = {}; ///< instead of the program's

    /// From a file of certificates and a proxy as Proxy reads it; empty texts for none.
    /// Reads the file at once (at most 1 MB). Input when the file cannot be read or holds no
    /// certificate, or the proxy is none.
    static Result<Route> read(const QString &authoritiesFile, const QString &proxy);
};

} // namespace edgewise::workspace
