// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/endpoint.h>

#include <memory>

class QTcpSocket;

namespace edgewise::hrana {

/// A socket on its way to the endpoint; a QSslSocket where the URL asks for TLS. It has connected
/// when it says so by the signal or the waiting function of its kind; its options can be set then.
std::unique_ptr<QTcpSocket> openSocket(const Endpoint &endpoint);

} // namespace edgewise::hrana
