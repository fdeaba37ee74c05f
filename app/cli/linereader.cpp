// SPDX-License-Identifier: GPL-3.0-or-later
#include "linereader.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace edgewise::cli {

namespace {
constexpr qsizetype chunkSize = 1 << 16;
}

LineReader::LineReader(int descriptor, qsizetype limit) : m_descriptor(descriptor), m_limit(limit)
{
}

bool LineReader::hasBufferedLine() const
{
    return m_buffer.indexOf('\n', m_scanned) >= 0;
}

// True when something came. What is before m_begin is dropped first.
Result<bool> LineReader::fill()
{
    m_buffer.remove(0, m_begin);
    m_scanned -= m_begin;
    m_begin = 0;
    const qsizetype size = m_buffer.size();
    m_buffer.resize(size + chunkSize);
    ssize_t count = 0;
    do
        count = ::read(m_descriptor, m_buffer.data() + size, chunkSize);
    while (count < 0 && errno == EINTR);
    m_buffer.resize(size + std::max<ssize_t>(count, 0));
    if (count < 0)
        return Error{.kind = Error::Kind::Input,
                     .step = QStringLiteral("reading the requests"),
                     .detail = QString::fromLocal8Bit(std::strerror(errno))};
    m_atEnd = count == 0;
    return count > 0;
}

Result<std::optional<LineReader::Line>> LineReader::next()
{
    bool tooLong = false;
    for (;;) {
        const qsizetype end = m_buffer.indexOf('\n', m_scanned);
        if (end >= 0 || (m_atEnd && (m_begin < m_buffer.size() || tooLong))) {
            const qsizetype stop = end >= 0 ? end : m_buffer.size();
            Line line{.text = QByteArrayView(m_buffer).sliced(m_begin, stop - m_begin),
                      .tooLong = tooLong || stop - m_begin > m_limit};
            if (line.tooLong)
                line.text = {};
            else if (line.text.endsWith('\r'))
                line.text.chop(1);
            m_begin = m_scanned = end >= 0 ? end + 1 : stop;
            return std::optional(line);
        }
        if (m_atEnd)
            return std::optional<Line>();
        m_scanned = m_buffer.size();
        if (m_scanned - m_begin > m_limit) {
            tooLong = true;
            m_begin = m_scanned;
        }
        if (auto filled = fill(); !filled)
            return filled.error();
    }
}

} // namespace edgewise::cli
