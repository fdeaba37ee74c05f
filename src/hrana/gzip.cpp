// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/gzip.h"

#include <libdeflate.h>

#include <QtEndian>

#include <memory>

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

Result<QByteArray> unpackGzip(QByteArrayView packed, qsizetype limit)
{
    const auto damaged = [](const QString &detail) {
        return Error{.kind = Error::Kind::Protocol,
                     .step = u"unpacking the server's answer"_qs,
                     .detail = detail};
    };
    constexpr qsizetype shortest = 18; // header and trailer (RFC 1952)
    if (packed.size() < shortest)
        return damaged(u"The packed answer is damaged."_qs);
    // The trailer tells the size, modulo 2^32; a lie does not fit into the buffer.
    const qsizetype size = qFromLittleEndian<quint32>(packed.data() + packed.size() - 4);
    if (size > limit)
        return damaged(u"The answer is larger than %1 bytes."_qs.arg(limit));
    const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)>
        decompressor(libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
    QByteArray out(size, Qt::Uninitialized);
    size_t written = 0;
    const auto result =
        libdeflate_gzip_decompress(decompressor.get(), packed.data(), size_t(packed.size()),
                                   out.data(), size_t(out.size()), &written);
    if (result != LIBDEFLATE_SUCCESS || written != size_t(size))
        return damaged(u"The packed answer is damaged."_qs);
    return out;
}

} // namespace edgewise::hrana
