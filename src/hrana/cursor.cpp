// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/cursor.h"

#include "hrana/encoder.h"
#include "hrana/refusal.h"

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

namespace {

constexpr int closeCursorMilliseconds = 500;

Error cursorError(const QString &detail)
{
    return Error{
        .kind = Error::Kind::Protocol, .step = u"reading rows from a cursor"_qs, .detail = detail};
}

} // namespace

Cursor::Cursor(Endpoint endpoint, std::unique_ptr<Transport> transport, int deadlineMilliseconds)
    : m_endpoint(std::move(endpoint)), m_transport(std::move(transport)),
      m_deadlineMilliseconds(deadlineMilliseconds)
{
    m_endpoint.compression = false; // rows must come one by one
}

Cursor::~Cursor()
{
    if (m_done && !m_baton.isEmpty()) {
        Pipeline pipeline{.baton = m_baton, .requests = {}};
        pipeline.requests.emplace_back(CloseStream());
        const auto ignored = m_transport->exchange(
            postRequest(m_endpoint, "/v3/pipeline", "application/json", encodePipeline(pipeline)),
            QDeadlineTimer(qMin(m_deadlineMilliseconds, closeCursorMilliseconds)));
        Q_UNUSED(ignored);
    }
    // Hanging up ends a cursor that has not been read to its end, and its stream.
    m_transport->close();
}

Result<void> Cursor::open(Statement statement)
{
    Batch batch;
    batch.steps.push_back({std::move(statement), {}});
    const QDeadlineTimer deadline(m_deadlineMilliseconds);
    const auto head = m_transport->send(
        postRequest(m_endpoint, "/v3/cursor", "application/json", encodeCursor({}, batch)),
        deadline);
    if (!head)
        return head.error();
    if (head->status != 200) {
        QByteArray body;
        for (;;) {
            const auto more = m_transport->read(body, deadline);
            if (!more || !*more || body.size() > m_transport->bodyLimit())
                break;
        }
        return explainRefusal(*head, m_decoder.refusal(body)).error;
    }
    if (const auto line = nextLine(deadline); !line)
        return line.error();
    auto baton = m_decoder.cursorBaton(m_line);
    if (!baton)
        return baton.error();
    m_baton = std::move(*baton);
    auto entry = nextEntry(deadline);
    if (!entry)
        return entry.error();
    auto *begin = std::get_if<StepBegin>(&*entry);
    if (!begin)
        return cursorError(u"The rows do not begin with their columns."_qs);
    m_columns = std::move(begin->columns);
    return {};
}

Result<void> Cursor::nextLine(QDeadlineTimer deadline)
{
    for (;;) {
        const qsizetype end = m_received.indexOf('\n', m_position);
        if (end >= 0) {
            // resize(0) keeps the capacity, and with it the parser's spare bytes.
            m_line.resize(0);
            m_line.append(QByteArrayView(m_received).sliced(m_position, end - m_position));
            m_position = end + 1;
            return {};
        }
        m_received.remove(0, std::exchange(m_position, 0));
        if (m_received.size() > m_transport->bodyLimit()) {
            m_transport->close();
            return cursorError(u"A row is larger than %1 bytes."_qs.arg(m_transport->bodyLimit()));
        }
        const auto more = m_transport->read(m_received, deadline);
        if (!more)
            return more.error();
        if (!*more) // sqld breaks the body off where it cannot go on, without a word
            return cursorError(u"The server broke off before the last row."_qs);
    }
}

Result<CursorEntry> Cursor::nextEntry(QDeadlineTimer deadline)
{
    if (const auto line = nextLine(deadline); !line)
        return line.error();
    auto entry = m_decoder.cursorEntry(m_line);
    if (!entry)
        return entry.error();
    if (const auto *failed = std::get_if<StepFailed>(&*entry))
        return explain(failed->error);
    if (const auto *failed = std::get_if<CursorFailed>(&*entry))
        return explain(failed->error);
    return entry;
}

Error Cursor::giveUp(Error error)
{
    m_done = true;
    m_baton.clear(); // hanging up ends the stream as well
    m_transport->close();
    return error;
}

Result<bool> Cursor::next(std::vector<Value> &cells)
{
    const QDeadlineTimer deadline(m_deadlineMilliseconds);
    bool stepEnded = false;
    while (!m_done) {
        auto entry = nextEntry(deadline);
        if (!entry)
            return giveUp(entry.error());
        if (auto *row = std::get_if<CursorRow>(&*entry)) {
            if (stepEnded || row->cells.size() != m_columns.size())
                return giveUp(cursorError(u"A row does not fit its columns."_qs));
            cells = std::move(row->cells);
            return true;
        }
        // One statement has one end, and the index is the last entry: without it the answer was
        // cut.
        m_done = std::holds_alternative<CursorIndex>(*entry);
        if (!m_done && std::exchange(stepEnded, true))
            return giveUp(cursorError(u"The rows end more than once."_qs));
    }
    return false;
}

} // namespace edgewise::hrana
