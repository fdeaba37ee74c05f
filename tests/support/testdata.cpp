// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testdata.h"

#include <QDir>
#include <QFile>

#include <libdeflate.h>

#include <memory>

namespace edgewise::test {

QString dataPath(const QString &name)
{
    return QStringLiteral(EDGEWISE_TEST_DATA "/") + name;
}

QString oracleDatabase()
{
    return dataPath(QStringLiteral("oracle/flipt.db"));
}

QString sourcePath(const QString &name)
{
    return QDir::cleanPath(dataPath(QStringLiteral("../../") + name));
}

QByteArray dataContent(const QString &name)
{
    QFile file(dataPath(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("Test data %s: %s", qPrintable(name), qPrintable(file.errorString()));
    const QByteArray raw = file.readAll();
    if (!name.endsWith(u".gz"))
        return raw;

    // The last four bytes of a gzip file are the size of its content.
    const auto *end = reinterpret_cast<const unsigned char *>(raw.constData()) + raw.size();
    const quint32 size =
        end[-4] | quint32(end[-3]) << 8 | quint32(end[-2]) << 16 | quint32(end[-1]) << 24;
    QByteArray content(qsizetype(size), Qt::Uninitialized);
    const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor *)>
        decompressor(libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    if (libdeflate_gzip_decompress(decompressor.get(), raw.constData(), size_t(raw.size()),
                                   content.data(), size_t(content.size()), nullptr)
        != LIBDEFLATE_SUCCESS)
        qFatal("Test data %s is no gzip file", qPrintable(name));
    return content;
}

} // namespace edgewise::test
