// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/recordedflipt.h"

#include "support/testdata.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace edgewise::test {

namespace {

QByteArray compactJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// What identifies a question in the records and on the wire.
QByteArray questionIdentity(const QString &kind, const QJsonObject &question, bool onWire)
{
    QJsonArray parts;
    const auto add = [&](const QJsonObject &part) {
        parts.append(
            QJsonObject{{QStringLiteral("n"), part.value(onWire ? u"namespaceKey" : u"namespace")},
                        {QStringLiteral("f"), part.value(onWire ? u"flagKey" : u"flag")},
                        {QStringLiteral("e"), part.value(onWire ? u"entityId" : u"entity")},
                        {QStringLiteral("c"), part.value(u"context").toObject()}});
    };
    if (kind == u"batch") {
        for (const QJsonValue &part : question.value(u"requests").toArray())
            add(part.toObject());
    } else {
        add(question);
    }
    return kind.toLatin1() + QJsonDocument(parts).toJson(QJsonDocument::Compact);
}

QByteArray recordIdentity(const QByteArray &line)
{
    const QJsonObject question = QJsonDocument::fromJson(line).object();
    return questionIdentity(question.value(u"kind").toString(), question, false);
}

} // namespace

RecordedFlipt::RecordedFlipt(int every)
{
    const QByteArrayList lines = dataContent(QStringLiteral("oracle/evals.jsonl.gz")).split('\n');
    for (qsizetype i = 0; i < lines.size(); i += every) {
        if (lines[i].isEmpty())
            continue;
        const QJsonObject line = QJsonDocument::fromJson(lines[i]).object();
        m_requests += lines[i] + '\n';
        m_answers.insert(recordIdentity(lines[i]),
                         {.status = line.value(u"status").toInt(),
                          .headers = {{"Content-Type", "application/json"}},
                          .body = compactJson(line.value(u"response").toObject())});
        ++m_count;
    }
}

void RecordedFlipt::answerWrongly(int line)
{
    m_wrongFor = line < 0 ? QByteArray() : recordIdentity(m_requests.split('\n').at(line));
}

HttpServer::Handler RecordedFlipt::handler() const
{
    return [this](const HttpServer::Request &request) -> HttpServer::Response {
        if (request.path == "/health")
            return {.status = 200, .headers = {}, .body = R"({"status":"SERVING"})"};
        if (request.path == "/meta/info")
            return {.status = 200,
                    .headers = {},
                    .body = R"({"version":"v1.61.1","authentication":{},"storage":{}})"};
        if (request.path == "/meta/config")
            return {.status = 200, .headers = {}, .body = R"({"cache":{}})"};
        if (request.path.startsWith("/internal/"))
            return {.status = 404, .headers = {}, .body = "Not Found"};
        const QString kind =
            QString::fromLatin1(request.path.mid(request.path.lastIndexOf('/') + 1));
        const QByteArray asked =
            questionIdentity(kind, QJsonDocument::fromJson(request.body).object(), true);
        HttpServer::Response answer = m_answers.value(asked);
        if (asked == m_wrongFor)
            answer.body.replace("_REASON", "_OTHER");
        return answer;
    };
}

} // namespace edgewise::test
