// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace edgewise::hrana {

struct HttpHeader {
    QByteArray name;
    QByteArray value; ///< any bytes but line ends: sqld's Server-Timing is not ASCII
};

struct HttpRequest {
    QByteArray target; ///< absolute path
    QList<HttpHeader> headers;
    QByteArray body;
};

struct HttpHead {
    int status = 0;
    QList<HttpHeader> headers;
    bool keepAlive = true;

    /// Value of the first header of that name (in any case), or nothing.
    QByteArray header(QByteArrayView name) const;
};

struct HttpResponse {
    HttpHead head;
    QByteArray body;
};

/// The bytes of a POST in HTTP/1.1. Names and values must hold no line ends (hrana::check refuses
/// an endpoint that would bring one in).
QByteArray encodeRequest(const HttpRequest &request);

} // namespace edgewise::hrana
