// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/proxy.h>
#include <base/result.h>
#include <base/token.h>
#include <hrana/httpmessage.h>

#include <QString>
#include <QUrl>

#include <optional>

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
    /// Lets the server pack its answers (gzip): for slow links, it costs time on fast ones. Without
    /// it "identity" is asked for, because sqld answers a plain Qt request in brotli at its highest
    /// level, which takes seconds.
    bool compression = false;
    /// In PEM: trusted beside the system's own. Certificates are always verified.
    QByteArray authorities;
    /// The way to this node, instead of the program's own proxy or the system's. Loopback is always
    /// reached directly, but for a proxy that is named here.
    std::optional<Proxy> proxy;

    bool isEncrypted() const { return url.scheme() != u"http"; }
    QString host() const { return url.host(QUrl::FullyDecoded); }
    quint16 port() const { return quint16(url.port(isEncrypted() ? 443 : 80)); }
};

/// Input when the URL is of another scheme, has no host, a user or a password, or when the token
/// could not stand in a header.
Result<void> check(const Endpoint &endpoint);

/// A POST to `path` ("/v3/pipeline") below the endpoint's URL.
HttpRequest postRequest(const Endpoint &endpoint, QByteArrayView path, QByteArrayView contentType,
                        QByteArray body);

} // namespace edgewise::hrana
