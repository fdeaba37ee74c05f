// SPDX-License-Identifier: GPL-3.0-or-later
#include "flipt/address.h"

using namespace Qt::StringLiterals;

namespace edgewise::flipt {

Result<QUrl> parseAddress(const QString &text)
{
    const auto refuse = [](const QString &why) {
        return Error{
            .kind = Error::Kind::Input, .step = u"reading a Flipt's address"_qs, .detail = why};
    };
    QString address = text.trimmed();
    if (address.startsWith("flipt+"_L1, Qt::CaseInsensitive))
        address = address.mid(6);
    QUrl url(address, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return refuse(u"it must look like flipt+http://host:port"_qs);
    if (url.scheme() != u"http" && url.scheme() != u"https")
        return refuse(u"it must begin with flipt+http:// or flipt+https://"_qs);
    if (!url.userInfo().isEmpty())
        return refuse(u"it must not hold a user or password; give the token separately"_qs);
    url.setQuery(QString());
    url.setFragment(QString());
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path, QUrl::StrictMode);
    return url;
}

} // namespace edgewise::flipt
