// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/httpserver.h"

#include <QHash>

namespace edgewise::test {

/// What a real Flipt has answered, and a handler that answers so again; a question that was not
/// recorded gets an empty answer. Reads only, so a handler may be called from any thread.
class RecordedFlipt {
public:
    /// Every so manieth of the records.
    explicit RecordedFlipt(int every);

    const QByteArray &requests() const { return m_requests; } ///< JSON Lines
    int count() const { return m_count; }
    HttpServer::Handler handler() const;
    /// From now on another reason in the answer to that line of requests(); -1: in none.
    void answerWrongly(int line);

private:
    QByteArray m_requests;
    QHash<QByteArray, HttpServer::Response> m_answers;
    QByteArray m_wrongFor;
    int m_count = 0;
};

} // namespace edgewise::test
