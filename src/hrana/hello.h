// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/client.h>
#include <hrana/httpmessage.h>

namespace edgewise::hrana {

/// The `Hello` call of sqld's replication service in gRPC-Web over HTTP/1.1
/// (sqld: libsql-replication/proto/replication_log.proto).
HttpRequest helloRequest(const Endpoint &endpoint);

/// The answer's identity, without a round trip; else the error as Client::hello() explains it.
Result<LogIdentity> readHello(const HttpResponse &response);

} // namespace edgewise::hrana
