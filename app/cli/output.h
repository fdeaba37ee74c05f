// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace edgewise::cli {

/// Standard output: buffered, raw bytes, and quiet when the reader has gone. Used on the main
/// thread.
class Output {
public:
    /// Writes to `descriptor`, which stays the caller's.
    explicit Output(int descriptor);
    ~Output();
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;

    void write(QByteArrayView text);
    /// `text` and a line break.
    void line(QByteArrayView text);
    void flush();

    /// A write has failed: nothing more will arrive, so a long command should end.
    bool isBroken() const { return m_error != 0; }
    /// The errno of that write; EPIPE when the reader has gone.
    int error() const { return m_error; }

private:
    int m_descriptor;
    int m_error = 0;
    QByteArray m_buffer;
};

} // namespace edgewise::cli
