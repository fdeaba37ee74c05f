// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/noderole.h>

#include <store/database.h>

#include <QSqlError>
#include <QSqlQuery>

namespace edgewise::store {

using namespace Qt::StringLiterals;

Result<void> refuseReplica(QSqlDatabase &database, const QString &node,
                           const QString &primaryAddress)
{
    // A replica says nowhere that it is one. But it sends every write to its primary as it stands,
    // and marks what comes back as an error (sqld: connection/write_proxy.rs); a table that is not
    // there makes sure that an error is all that ever comes back.
    QSqlQuery query(database);
    query.exec(u"DELETE FROM \"edgewise asks whether writes are passed on\""_qs);
    const Error answer = toError(query.lastError(), u"asking "_qs + node + u" for its role");
    if (answer.nativeCode == u"PROXY_ERROR")
        return Error{.kind = Error::Kind::ReadOnly,
                     .step = u"saving to "_qs + node,
                     .detail = u"it is a replica, which would pass the save on to its primary"_qs
                               + (primaryAddress.isEmpty() ? QString()
                                                           : QString(u": " + primaryAddress)),
                     .nativeCode = u"REPLICA"_qs};
    if (answer.kind == Error::Kind::Network || answer.kind == Error::Kind::Auth
        || answer.kind == Error::Kind::Protocol)
        return answer;
    return {};
}

} // namespace edgewise::store
