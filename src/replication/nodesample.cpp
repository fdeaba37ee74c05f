// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/nodesample.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace edgewise::replication {

using namespace Qt::StringLiterals;

namespace {

QByteArray jsonText(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return list.sliced(1, list.size() - 2);
}

QByteArray jsonNumber(const std::optional<quint64> &number)
{
    return number ? QByteArray::number(*number) : QByteArrayLiteral("null");
}

} // namespace

QByteArray toJsonLine(const NodeSample &sample)
{
    const QString time = QDateTime::fromMSecsSinceEpoch(sample.wallAt / 1'000'000, Qt::UTC)
                             .toString(Qt::ISODateWithMs);
    const auto &behind = sample.judgement.nanosecondsBehind;
    // By hand: QJsonObject would order the names by the alphabet.
    return R"({"t":)" + jsonText(time) + R"(,"node":)" + jsonText(sample.node) + R"(,"role":)"
           + jsonText(roleName(sample.role)) + R"(,"index":)" + jsonNumber(sample.index)
           + R"(,"frames_behind":)" + jsonNumber(sample.judgement.framesBehind) + R"(,"ms_behind":)"
           + (behind ? QByteArray::number(double(*behind) / 1e6, 'f', 3)
                     : QByteArrayLiteral("null"))
           + R"(,"state":)" + jsonText(stateName(sample.judgement.state)) + R"(,"why":)"
           + jsonText(sample.judgement.why) + '}';
}

} // namespace edgewise::replication
