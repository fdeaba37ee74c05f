// SPDX-License-Identifier: GPL-3.0-or-later
#include "output.h"

#include <cerrno>
#include <unistd.h>

namespace edgewise::cli {

namespace {
constexpr qsizetype bufferSize = 1 << 16;
}

Output::Output(int descriptor) : m_descriptor(descriptor)
{
    m_buffer.reserve(bufferSize);
}

Output::~Output()
{
    flush();
}

void Output::write(QByteArrayView text)
{
    if (m_error != 0)
        return;
    m_buffer.append(text.data(), text.size());
    if (m_buffer.size() >= bufferSize)
        flush();
}

void Output::line(QByteArrayView text)
{
    write(text);
    write("\n");
}

void Output::flush()
{
    qsizetype done = 0;
    while (m_error == 0 && done < m_buffer.size()) {
        const ssize_t count = ::write(m_descriptor, m_buffer.constData() + done,
                                      static_cast<size_t>(m_buffer.size() - done));
        if (count >= 0)
            done += count;
        else if (errno != EINTR)
            m_error = errno;
    }
    m_buffer.resize(0); // keeps the capacity
}

} // namespace edgewise::cli
