// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/route.h"

#include <QFile>
#include <QSslCertificate>

namespace edgewise::workspace {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestAuthorities = 1024 * 1024;

Error refuseAuthorities(const QString &detail)
{
    return Error{
        .kind = Error::Kind::Input, .step = u"reading the authorities"_qs, .detail = detail};
}

} // namespace

Result<Route> Route::read(const QString &authoritiesFile, const QString &proxy)
{
    Route route;
    if (!authoritiesFile.isEmpty()) {
        QFile file(authoritiesFile);
        if (authoritiesFile.contains(u';'))
            return refuseAuthorities(
                u"a semicolon cannot stand in the file's path; give the file another name"_qs);
        if (!file.open(QIODevice::ReadOnly))
            return refuseAuthorities(
                u"%1 cannot be read: %2"_qs.arg(authoritiesFile, file.errorString()));
        route.authorities = file.read(largestAuthorities);
        if (QSslCertificate::fromData(route.authorities).isEmpty())
            return refuseAuthorities(
                u"%1 holds no certificate in PEM form"_qs.arg(authoritiesFile));
    }
    if (!proxy.isEmpty()) {
        const Result<Proxy> parsed = Proxy::parse(proxy);
        if (!parsed)
            return parsed.error();
        route.proxy = *parsed;
    }
    return route;
}

} // namespace edgewise::workspace
