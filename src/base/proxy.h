// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QString>

namespace edgewise {

/// How a server is reached, as people write it: `http://host:port`, `socks5://host:port`, or `none`
/// for a direct way.
struct Proxy {
    enum class Kind { None, Http, Socks5 };
    Kind kind = Kind::None;
    QString host;
    quint16 port = 0;

    /// Input for anything else; a user and a password are refused, because what is written here is
    /// no secret. Never repeats one.
    static Result<Proxy> parse(const QString &text);

    /// For a QNetworkProxy, which the rooms without a network do not know.
    template <typename NetworkProxy>
    NetworkProxy as() const
    {
        switch (kind) {
        case Kind::None:
            break;
        case Kind::Http:
            return NetworkProxy(NetworkProxy::HttpProxy, host, port);
        case Kind::Socks5:
            return NetworkProxy(NetworkProxy::Socks5Proxy, host, port);
        }
        return NetworkProxy(NetworkProxy::NoProxy);
    }

    friend bool operator==(const Proxy &, const Proxy &) = default;
};

} // namespace edgewise
