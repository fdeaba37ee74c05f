// SPDX-License-Identifier: GPL-3.0-or-later
#include <lab/logview.h>
#include <theme/theme.h>

#include <QFile>
#include <QScrollBar>

namespace edgewise::labpage {

using namespace Qt::StringLiterals;

namespace {

constexpr int lookMilliseconds = 300;
constexpr int mostLines = 5000;
constexpr qint64 mostBytesAtOnce = 256 * 1024; // more is passed over: nobody reads it

} // namespace

LogView::LogView(QWidget *parent) : QPlainTextEdit(parent)
{
    setObjectName(u"processLog"_qs);
    setAccessibleName(tr("Log of the chosen process"));
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setMaximumBlockCount(mostLines);
    setLineWrapMode(NoWrap);
    setFont(theme::codeFont(theme::TextSize::Small));
    m_timer.setInterval(lookMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &LogView::readMore);
}

void LogView::follow(const QString &path)
{
    if (path == m_path)
        return;
    m_path = path;
    m_position = 0;
    m_rest.clear();
    clear();
    setPlaceholderText(path.isEmpty() ? tr("Choose a process to see its log.")
                                      : tr("Nothing has been written to %1 yet.").arg(path));
    if (isVisible())
        readMore();
}

void LogView::showEvent(QShowEvent *event)
{
    QPlainTextEdit::showEvent(event);
    readMore();
    m_timer.start();
}

void LogView::hideEvent(QHideEvent *event)
{
    m_timer.stop();
    QPlainTextEdit::hideEvent(event);
}

void LogView::readMore()
{
    QFile file(m_path);
    if (m_path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    const qint64 size = file.size();
    if (size < m_position) { // begun anew
        m_position = 0;
        m_rest.clear();
        clear();
    }
    if (size == m_position)
        return;
    const qint64 from = std::max(m_position, size - mostBytesAtOnce);
    if (from > m_position)
        m_rest.clear();
    file.seek(from);
    m_rest += file.read(size - from);
    m_position = file.pos();
    const qsizetype end = m_rest.lastIndexOf('\n');
    if (end < 0)
        return;
    // Whoever has scrolled back to read stays there.
    QScrollBar *bar = verticalScrollBar();
    const bool isAtEnd = bar->value() >= bar->maximum();
    appendPlainText(QString::fromUtf8(m_rest.first(end)));
    m_rest.remove(0, end + 1);
    if (isAtEnd)
        bar->setValue(bar->maximum());
}

} // namespace edgewise::labpage
