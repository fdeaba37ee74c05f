// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <hrana/endpoint.h>
#include <hrana/httptransport.h>

#include <QString>

namespace edgewise::sqldriver {

/// What QSqlDatabase's connect options say, `NAME=value` or `NAME` separated by semicolons:
///
/// QLIBSQL_TOKEN         the token; the database's password does the same
/// QLIBSQL_TOKEN_FILE    a file that holds it
/// QLIBSQL_TIMEOUT       milliseconds that a request may take, 1 to 3,600,000; 15,000 by default
/// QLIBSQL_CONNECT_TIMEOUT  milliseconds for a new connection, TLS included; 5,000 by default, and
///                       never more than QLIBSQL_TIMEOUT
/// QLIBSQL_IDLE_TIMEOUT  milliseconds after which an unused connection is not trusted any more but
///                       opened anew; 60,000 by default
/// QLIBSQL_RETRIES       how often a read that got no answer is sent again within its timeout, 0 to
///                       10; 2 by default. Writes never are
/// QLIBSQL_NAMESPACE     for servers with --enable-namespaces
/// QLIBSQL_READ_ONLY     refuses what may write before it is sent
/// QLIBSQL_TRANSACTION   how transaction() begins: deferred (default), immediate or exclusive
/// QLIBSQL_COMPRESSION   lets the server pack its answers (gzip), for slow links
/// QLIBSQL_CA_FILE       certificates in PEM, trusted beside the system's
/// QLIBSQL_PROXY         http://host:port, socks5://host:port or none; by default the program's,
/// else the
///                       system's
/// QLIBSQL_MAX_ANSWER    bytes that one answer may have; 64 MiB by default
struct ConnectOptions {
    hrana::Endpoint endpoint;
    int timeoutMilliseconds = 15000;
    hrana::HttpTimes times;
    int retries = 2;
    bool readOnly = false;
    QString beginStatement = QStringLiteral("BEGIN");
    qint64 largestAnswer = 64LL * 1024 * 1024;
};

/// Input that names the option which is unknown or malformed. Never puts a token into its words.
Result<ConnectOptions> readConnectOptions(const QString &url, const QString &password,
                                          const QString &options);

} // namespace edgewise::sqldriver
