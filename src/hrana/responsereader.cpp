// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/responsereader.h"

#include <charconv>
#include <limits>

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

namespace {

/// A chunk's size and its extensions, which nobody sends.
constexpr qsizetype longestChunkLine = 1024;
constexpr qsizetype reserveAtMost = 16 * 1024 * 1024;
/// What the JSON parser wants behind the text, so that it need not copy.
constexpr qsizetype spareBytes = 64;

Error protocolError(const QString &detail)
{
    return Error{.kind = Error::Kind::Protocol,
                 .step = u"reading the server's HTTP answer"_qs,
                 .detail = detail};
}

/// Digits only: no sign, no space, nothing behind.
bool readNumber(QByteArrayView text, int base, qint64 &out)
{
    const char *end = text.data() + text.size();
    if (text.isEmpty() || text.front() == '-')
        return false;
    const auto [stop, code] = std::from_chars(text.data(), end, out, base);
    return code == std::errc() && stop == end;
}

} // namespace

Result<qsizetype> ResponseReader::feed(QByteArrayView bytes)
{
    qsizetype used = 0;
    while (m_state != State::Complete && used < bytes.size()) {
        const QByteArrayView rest = bytes.sliced(used);
        if (m_state == State::Body || m_state == State::Chunk) {
            const auto taken = takeBytes(rest);
            if (!taken)
                return taken.error();
            used += *taken;
            continue;
        }
        const qsizetype lineEnd = rest.indexOf('\n');
        const qsizetype length = lineEnd < 0 ? rest.size() : lineEnd + 1;
        m_lineBytes += length;
        const bool inHead =
            m_state == State::StatusLine || m_state == State::Headers || m_state == State::Trailers;
        if (m_lineBytes > (inHead ? m_limits.headBytes : longestChunkLine))
            return protocolError(u"The head of the answer is too long."_qs);
        used += length;
        if (lineEnd < 0) {
            m_line.append(rest);
            break;
        }
        QByteArray whole;
        QByteArrayView line = rest.first(lineEnd);
        if (!m_line.isEmpty()) {
            whole = std::exchange(m_line, QByteArray()).append(line);
            line = whole;
        }
        if (line.endsWith('\r'))
            line.chop(1);
        if (const auto taken = takeLine(line); !taken)
            return taken.error();
    }
    return used;
}

Result<void> ResponseReader::finish()
{
    if (m_state == State::Body && m_left < 0) {
        m_state = State::Complete;
        return {};
    }
    if (m_state == State::Complete)
        return {};
    return protocolError(u"The connection was closed in the middle of the answer."_qs);
}

Result<void> ResponseReader::takeLine(QByteArrayView line)
{
    switch (m_state) {
    case State::StatusLine:
        return takeStatus(line);
    case State::Headers:
        return line.isEmpty() ? endHead() : takeHeader(line);
    case State::ChunkSize:
        return takeChunkSize(line);
    case State::ChunkEnd:
        if (!line.isEmpty())
            return protocolError(u"A chunk is longer than it said."_qs);
        m_state = State::ChunkSize;
        m_lineBytes = 0;
        return {};
    case State::Trailers:
        if (line.isEmpty())
            m_state = State::Complete;
        return {};
    case State::Body:
    case State::Chunk:
    case State::Complete:
        break;
    }
    return {};
}

Result<void> ResponseReader::takeStatus(QByteArrayView line)
{
    qint64 status = 0;
    if (line.size() < 12 || !line.startsWith("HTTP/1.") || line[8] != ' '
        || !readNumber(line.sliced(9, 3), 10, status) || status < 100
        || (line.size() > 12 && line[12] != ' '))
        return protocolError(u"The port does not speak HTTP/1.1."_qs);
    m_head.status = int(status);
    m_head.keepAlive = line[7] != '0';
    m_state = State::Headers;
    return {};
}

Result<void> ResponseReader::takeHeader(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || line.front() == ' ' || line.front() == '\t' || line.contains('\0'))
        return protocolError(u"A header of the answer is malformed."_qs);
    const QByteArrayView name = line.first(colon);
    const QByteArray value = line.sliced(colon + 1).trimmed().toByteArray();
    const auto is = [name](QByteArrayView other) {
        return name.compare(other, Qt::CaseInsensitive) == 0;
    };
    if (is("content-length")) {
        qint64 length = 0;
        if (!readNumber(value, 10, length) || (m_length && *m_length != length))
            return protocolError(u"The answer's Content-Length is malformed."_qs);
        m_length = length;
    } else if (is("transfer-encoding")) {
        if (m_chunked || value.compare("chunked", Qt::CaseInsensitive) != 0)
            return protocolError(u"The answer's Transfer-Encoding is not known."_qs);
        m_chunked = true;
    } else if (is("connection")) {
        if (value.compare("close", Qt::CaseInsensitive) == 0)
            m_head.keepAlive = false;
        else if (value.compare("keep-alive", Qt::CaseInsensitive) == 0)
            m_head.keepAlive = true;
    }
    m_head.headers.append({name.toByteArray(), value});
    return {};
}

Result<void> ResponseReader::endHead()
{
    if (m_head.status == 101)
        return protocolError(u"The server wants to change the protocol."_qs);
    if (m_head.status < 200) { // an interim answer: the real one follows
        m_head = {};
        m_chunked = false;
        m_length.reset();
        m_state = State::StatusLine;
        return {};
    }
    if (m_head.status == 204 || m_head.status == 304) {
        m_state = State::Complete;
    } else if (m_chunked) {
        // Two lengths that may differ are how requests are smuggled past proxies.
        if (m_length)
            return protocolError(u"The answer has both a length and chunks."_qs);
        m_state = State::ChunkSize;
        m_lineBytes = 0;
    } else if (m_length) {
        m_left = *m_length;
        m_state = m_left == 0 ? State::Complete : State::Body;
        if (m_left <= m_limits.bodyBytes)
            m_body.reserve(qMin(qsizetype(m_left) + spareBytes, reserveAtMost));
    } else {
        m_left = -1;
        m_head.keepAlive = false;
        m_state = State::Body;
    }
    return {};
}

Result<void> ResponseReader::takeChunkSize(QByteArrayView line)
{
    QByteArrayView size = line;
    if (const qsizetype extension = line.indexOf(';'); extension >= 0)
        size = line.first(extension);
    if (!readNumber(size.trimmed(), 16, m_left))
        return protocolError(u"The size of a chunk is malformed."_qs);
    m_lineBytes = 0;
    m_state = m_left == 0 ? State::Trailers : State::Chunk;
    return {};
}

Result<qsizetype> ResponseReader::takeBytes(QByteArrayView bytes)
{
    const qsizetype taken =
        m_left < 0 ? bytes.size() : qsizetype(qMin(qint64(bytes.size()), m_left));
    if (m_body.size() + taken > m_limits.bodyBytes)
        return protocolError(u"The answer is larger than %1 bytes."_qs.arg(m_limits.bodyBytes));
    m_body.append(bytes.first(taken));
    if (m_left > 0) {
        m_left -= taken;
        if (m_left == 0) {
            m_lineBytes = 0;
            m_state = m_state == State::Chunk ? State::ChunkEnd : State::Complete;
        }
    }
    return taken;
}

} // namespace edgewise::hrana
