// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure.h"

#include <QByteArrayList>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace edgewise::bench {

namespace {

double clockSeconds(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    return file.readAll();
}

/// A line of proc(5) status, in bytes.
qint64 statusLine(const char *name)
{
    for (const QByteArray &line : contentOf(QStringLiteral("/proc/self/status")).split('\n')) {
        if (line.startsWith(name))
            return line.mid(qstrlen(name)).trimmed().chopped(3).toLongLong() * 1024;
    }
    qFatal("no %s", name);
}

} // namespace

double wallSeconds()
{
    return clockSeconds(CLOCK_MONOTONIC);
}

double processCpuSeconds()
{
    return clockSeconds(CLOCK_PROCESS_CPUTIME_ID);
}

double cpuSecondsOf(qint64 process)
{
    const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(process));
    // The name in brackets may hold blanks; utime and stime are the 12th and 13th after it.
    const QByteArrayList fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return (fields[11].toDouble() + fields[12].toDouble()) / double(sysconf(_SC_CLK_TCK));
}

qint64 peakMemory()
{
    return statusLine("VmHWM:");
}

qint64 currentMemory()
{
    return statusLine("VmRSS:");
}

void resetPeakMemory()
{
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (!file.open(QIODevice::WriteOnly) || file.write("5") != 1)
        qFatal("the peak of memory cannot be reset");
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

Figures interleaved(const std::function<double()> &ours, const std::function<double()> &peer,
                    int rounds)
{
    std::vector<double> values;
    std::vector<double> peers;
    for (int i = 0; i <= rounds; ++i) {
        const double value = ours();
        const double peerValue = peer ? peer() : 0;
        if (i == 0)
            continue;
        values.push_back(value);
        peers.push_back(peerValue);
    }
    Figures figures{median(values)};
    if (peer)
        figures.peer = median(peers);
    return figures;
}

double seconds(const std::function<void()> &work)
{
    const double start = wallSeconds();
    work();
    return wallSeconds() - start;
}

int measureRows(int argc, char **argv, const std::vector<Row> &rows)
{
    QByteArrayList wanted;
    for (int i = 1; i < argc; ++i) {
        const auto isNamed = [&](const Row &row) { return qstrcmp(row.name, argv[i]) == 0; };
        if (!std::ranges::any_of(rows, isNamed)) {
            std::fprintf(stderr, "there is no row %s\n", argv[i]);
            return 2;
        }
        wanted.append(argv[i]);
    }
    for (const Row &row : rows) {
        if (!wanted.isEmpty() && !wanted.contains(row.name))
            continue;
        const Figures figures = row.measure();
        QJsonObject line{{QStringLiteral("name"), QLatin1StringView(row.name)},
                         {QStringLiteral("value"), figures.value}};
        if (figures.peer)
            line[QStringLiteral("peer_value")] = *figures.peer;
        std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
        std::fflush(stdout);
    }
    return 0;
}

} // namespace edgewise::bench
