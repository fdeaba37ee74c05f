// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/memory.h"

#include <QFile>

#include <malloc.h>

namespace edgewise::test {

namespace {

qint64 statusBytes(QByteArrayView name)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        qFatal("/proc/self/status cannot be read");
    const QByteArray content = status.readAll();
    const qsizetype begin = content.indexOf(name) + name.size();
    const qsizetype end = content.indexOf("kB", begin);
    return content.sliced(begin, end - begin).trimmed().toLongLong() * 1024;
}

} // namespace

qint64 residentBytes()
{
    return statusBytes("VmRSS:");
}

qint64 residentPeakBytes()
{
    return statusBytes("VmHWM:");
}

void resetResidentPeak()
{
    malloc_trim(0); // what earlier tests have freed is not idle memory
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (!file.open(QIODevice::WriteOnly) || file.write("5") != 1)
        qFatal("/proc/self/clear_refs cannot be written");
}

} // namespace edgewise::test
