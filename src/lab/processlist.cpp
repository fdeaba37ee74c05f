// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/processlist.h"

#include <base/logging.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <csignal>

namespace edgewise::lab {

using namespace Qt::StringLiterals;

namespace {

QString listPath(const QString &directory)
{
    return directory + u"/processes.json"_qs;
}

QByteArray content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Start times count from the boot, so a list of an earlier boot says nothing.
QString bootId()
{
    return QString::fromLatin1(content(u"/proc/sys/kernel/random/boot_id"_qs).trimmed());
}

} // namespace

std::optional<ProcessIdentity> identify(qint64 processId)
{
    // "PID (NAME) STATE …": the name may hold anything, blanks and brackets included.
    const QByteArray stat = content(u"/proc/%1/stat"_qs.arg(processId));
    const qsizetype end = stat.lastIndexOf(')');
    if (end < 0)
        return std::nullopt;
    const QList<QByteArray> fields = stat.sliced(end + 1).simplified().split(' ');
    constexpr qsizetype state = 0;       // field 3
    constexpr qsizetype startTicks = 19; // field 22
    if (fields.size() <= startTicks || fields[state] == "Z" || fields[state] == "X")
        return std::nullopt;
    return ProcessIdentity{processId, fields[startTicks].toULongLong()};
}

void saveProcessList(const QString &directory, const QList<ProcessIdentity> &processes)
{
    QJsonArray list;
    for (const ProcessIdentity &process : processes) {
        list.append(QJsonObject{{u"pid"_qs, process.processId},
                                {u"start"_qs, QString::number(process.startTicks)}});
    }
    QSaveFile file(listPath(directory));
    if (!file.open(QIODevice::WriteOnly)
        || file.write(QJsonDocument({{u"boot"_qs, bootId()}, {u"processes"_qs, list}}).toJson()) < 0
        || !file.commit()) {
        qCWarning(logLab) << "The list of child processes cannot be written to" << directory << ":"
                          << file.errorString();
    }
}

void removeProcessList(const QString &directory)
{
    QFile::remove(listPath(directory));
}

QList<ProcessIdentity> runningProcesses(const QString &directory)
{
    const QJsonObject list = QJsonDocument::fromJson(content(listPath(directory))).object();
    QList<ProcessIdentity> running;
    if (list[u"boot"_qs].toString() != bootId())
        return running;
    for (const QJsonValue &value : list[u"processes"_qs].toArray()) {
        const ProcessIdentity process{value[u"pid"_qs].toInteger(),
                                      value[u"start"_qs].toString().toULongLong()};
        if (process.processId > 1 && identify(process.processId) == process)
            running.append(process);
    }
    return running;
}

void endProcess(const ProcessIdentity &process, bool force)
{
    if (process.processId <= 1 || identify(process.processId) != process)
        return;
    ::kill(pid_t(process.processId), force ? SIGKILL : SIGTERM);
    ::kill(pid_t(process.processId), SIGCONT);
}

} // namespace edgewise::lab
