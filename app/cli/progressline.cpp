// SPDX-License-Identifier: GPL-3.0-or-later
#include "progressline.h"

#include <QLocale>

#include <cstdio>
#include <unistd.h>

namespace edgewise::cli {

ProgressLine::ProgressLine(const evaluation::Progress &progress, std::optional<qint64> total)
    : m_progress(progress), m_total(total)
{
    if (::isatty(STDERR_FILENO) == 1)
        m_thread = std::thread([this] { run(); });
}

ProgressLine::~ProgressLine()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_isDone = true;
    }
    m_changed.notify_all();
    m_thread.join();
    std::fputs("\r\033[K", stderr);
}

void ProgressLine::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_changed.wait_for(lock, std::chrono::milliseconds(250), [this] { return m_isDone; })) {
        const qint64 done = m_progress.done;
        QString text = QLocale(QLocale::English).toString(done);
        if (m_total && *m_total > 0)
            text += QStringLiteral(" of %1, %2 %")
                        .arg(QLocale(QLocale::English).toString(*m_total))
                        .arg(100 * done / *m_total);
        std::fprintf(stderr, "\r\033[K%s entities", text.toUtf8().constData());
        std::fflush(stderr);
    }
}

} // namespace edgewise::cli
