// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/httpmessage.h"

namespace edgewise::hrana {

QByteArray HttpHead::header(QByteArrayView name) const
{
    for (const HttpHeader &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

QByteArray encodeRequest(const HttpRequest &request)
{
    qsizetype size = request.body.size() + request.target.size() + 64;
    for (const HttpHeader &header : request.headers)
        size += header.name.size() + header.value.size() + 4;
    QByteArray out;
    out.reserve(size);
    out.append("POST ").append(request.target).append(" HTTP/1.1\r\n");
    for (const HttpHeader &header : request.headers)
        out.append(header.name).append(": ").append(header.value).append("\r\n");
    out.append("Content-Length: ").append(QByteArray::number(request.body.size()));
    out.append("\r\n\r\n").append(request.body);
    return out;
}

} // namespace edgewise::hrana
