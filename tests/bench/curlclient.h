// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/statement.h>

#include <QByteArray>
#include <QUrl>

#include <vector>

namespace edgewise::bench {

/// libcurl's easy interface on one kept connection: the least that a client of sqld can be.
class CurlClient {
public:
    enum class Answers {
        Kept,      ///< post() returns them
        Discarded, ///< post() returns nothing: their transfer alone is measured
    };

    explicit CurlClient(const QUrl &node, Answers answers = Answers::Kept);
    ~CurlClient();
    CurlClient(const CurlClient &) = delete;
    CurlClient &operator=(const CurlClient &) = delete;

    /// POST to /v3/pipeline; ends the program when there is no answer with status 200.
    const QByteArray &post(const QByteArray &body);
    qint64 receivedBytes() const { return m_received; } ///< of the last answer

    /// One execute on the open stream: the baton is carried on from answer to answer.
    void execute(const QByteArray &sql);
    /// The statements as one batch on the open stream: BEGIN IMMEDIATE, each if the one before
    /// succeeded, COMMIT, else ROLLBACK. The seconds that the exchange took; the body is made
    /// before. Ends the program when it was not committed.
    double writeBatch(std::vector<hrana::Statement> statements);

private:
    void keepBaton();
    static size_t receive(char *data, size_t size, size_t count, void *self);

    void *m_curl = nullptr;
    void *m_headers = nullptr;
    const Answers m_answers;
    QByteArray m_answer;
    QByteArray m_baton;
    qint64 m_received = 0;
};

} // namespace edgewise::bench
