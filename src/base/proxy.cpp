// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/proxy.h"

#include <QUrl>

namespace edgewise {

using namespace Qt::StringLiterals;

Result<Proxy> Proxy::parse(const QString &text)
{
    if (text == u"none")
        return Proxy{};
    const auto refuse = [](const QString &detail) {
        return Error{.kind = Error::Kind::Input, .step = u"reading the proxy"_qs, .detail = detail};
    };
    const QUrl url(text, QUrl::StrictMode);
    const bool isSocks = url.scheme() == u"socks5";
    const bool isComplete = url.isValid() && (isSocks || url.scheme() == u"http")
                            && !url.host().isEmpty() && url.port() > 0
                            && (url.path().isEmpty() || url.path() == u"/") && !url.hasQuery();
    if (!url.userInfo().isEmpty())
        return refuse(u"a user and a password have no place in its address"_qs);
    if (!isComplete)
        return refuse(
            u"\"%1\" is none: write http://host:port, socks5://host:port or none"_qs.arg(text));
    return Proxy{isSocks ? Kind::Socks5 : Kind::Http, url.host(QUrl::FullyDecoded),
                 quint16(url.port())};
}

} // namespace edgewise
