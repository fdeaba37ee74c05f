// SPDX-License-Identifier: GPL-3.0-or-later
#include "logtail.h"

#include <QDateTime>

#include <atomic>

namespace edgewise {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostLines = 200;

// The handler is a plain function, which has no other way to its object.
std::atomic<LogTail *> newestTail = nullptr;

} // namespace

LogTail::LogTail() : m_before(qInstallMessageHandler(&LogTail::take))
{
    newestTail = this;
}

LogTail::~LogTail()
{
    newestTail = nullptr;
    qInstallMessageHandler(m_before);
}

QStringList LogTail::lines() const
{
    const QMutexLocker locker(&m_mutex);
    return m_lines;
}

void LogTail::take(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    LogTail *tail = newestTail;
    if (!tail)
        return;
    {
        const QMutexLocker locker(&tail->m_mutex);
        if (tail->m_lines.size() == mostLines)
            tail->m_lines.removeFirst();
        tail->m_lines.append(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs) + u' '
                             + QString::fromLatin1(context.category) + u": "_qs + message);
    }
    if (tail->m_before)
        tail->m_before(type, context, message);
}

} // namespace edgewise
