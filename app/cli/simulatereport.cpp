// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulatereport.h"

#include <evaluation/json.h>
#include <evaluation/text.h>

#include <QJsonArray>
#include <QLocale>

#include <algorithm>

namespace edgewise::cli {

namespace {

using evaluation::AnswerKey;
using Reason = evaluation::Outcome::Reason;
using Counts = std::map<evaluation::Tally::Row, qint64>;

QString grouped(qint64 count)
{
    return QLocale(QLocale::English).toString(count);
}

double shareOf(qint64 count, qint64 all)
{
    return all > 0 ? double(count) / double(all) : 0;
}

QString percent(qint64 count, qint64 all)
{
    return QString::number(100 * shareOf(count, all), 'f', 2) + QStringLiteral(" %");
}

// A key may hold anything, and must not break the table.
QString inTable(const QString &text)
{
    QString clean;
    for (const QChar c : text)
        clean += c.isPrint() ? c : QChar(u'?');
    return clean;
}

/// Columns side by side, the first `numeric` of them to the right.
QByteArrayList aligned(const QList<QStringList> &rows, qsizetype numeric)
{
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    QByteArrayList lines;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += QStringLiteral("  ")
                    + (i < numeric ? row[i].rightJustified(widths[i])
                                   : row[i].leftJustified(widths[i]));
        lines.append(line.toUtf8());
        while (lines.last().endsWith(' '))
            lines.last().chop(1);
    }
    return lines;
}

QJsonValue decidedByJson(int decidedBy)
{
    return decidedBy < 0 ? QJsonValue() : QJsonValue(decidedBy);
}

QJsonObject servedJson(const evaluation::Served &served)
{
    QJsonObject object = answerJson(served.answer);
    object[QStringLiteral("decidedBy")] = decidedByJson(served.decidedBy);
    return object;
}

std::vector<std::pair<evaluation::Tally::Row, qint64>> byCount(const Counts &counts)
{
    std::vector<std::pair<evaluation::Tally::Row, qint64>> rows(counts.begin(), counts.end());
    std::ranges::stable_sort(rows,
                             [](const auto &a, const auto &b) { return a.second > b.second; });
    return rows;
}

void appendTally(QByteArrayList &lines, const Counts &counts, qint64 all)
{
    QList<QStringList> rows;
    for (const auto &[row, count] : byCount(counts))
        rows.append({percent(count, all), grouped(count), inTable(answerText(row.second)),
                     decisionText({row.second, row.first})});
    lines += aligned(rows, 2);
}

QJsonArray countsJson(const Counts &counts, qint64 all)
{
    QJsonArray rows;
    for (const auto &[row, count] : counts) {
        QJsonObject object = servedJson({row.second, row.first});
        object[QStringLiteral("count")] = count;
        object[QStringLiteral("share")] = shareOf(count, all);
        rows.append(object);
    }
    return rows;
}

qint64 sum(const Counts &counts)
{
    qint64 result = 0;
    for (const auto &[row, count] : counts)
        result += count;
    return result;
}

} // namespace

QString answerText(const AnswerKey &answer)
{
    if (answer.status == 404)
        return QStringLiteral("missing");
    if (answer.status != 200)
        return QStringLiteral("error %1").arg(answer.status);
    if (answer.isBoolean)
        return answer.value ? QStringLiteral("true") : QStringLiteral("false");
    return answer.variant.isEmpty() ? QStringLiteral("none") : answer.variant;
}

QJsonObject answerJson(const AnswerKey &answer)
{
    QJsonObject object{{QStringLiteral("status"), answer.status}};
    if (answer.status != 200)
        return object;
    const std::string_view reason = evaluation::reasonName(answer.reason);
    object[QStringLiteral("reason")] = evaluation::fromUtf8(reason);
    if (answer.isBoolean) {
        object[QStringLiteral("enabled")] = answer.value;
    } else {
        object[QStringLiteral("match")] = answer.value;
        object[QStringLiteral("variant")] = answer.variant;
    }
    return object;
}

QString decisionText(const evaluation::Served &served)
{
    const AnswerKey &answer = served.answer;
    if (answer.status == 404)
        return QStringLiteral("no such flag");
    if (served.decidedBy >= 0)
        return (answer.isBoolean ? QStringLiteral("rollout %1") : QStringLiteral("rule %1"))
            .arg(served.decidedBy + 1);
    if (answer.status != 200)
        return QStringLiteral("Flipt fails");
    if (answer.reason == Reason::FlagDisabled)
        return QStringLiteral("the flag is disabled");
    return answer.isBoolean ? QStringLiteral("the flag's own state")
                            : QStringLiteral("no rule matches");
}

QByteArrayList tallyLines(const evaluation::Simulation &simulation, const evaluation::Tally &tally)
{
    QByteArrayList lines{QStringLiteral("Flag %1 in %2, %3 entities:")
                             .arg(inTable(simulation.flag.text()),
                                  inTable(simulation.nameSpace.text()), grouped(tally.entities))
                             .toUtf8()};
    appendTally(lines, tally.counts, tally.entities);
    for (const auto &[value, counts] : tally.byValue) {
        const qint64 all = sum(counts);
        const QString name = value.isEmpty()
                                 ? QStringLiteral("without %1").arg(simulation.breakdown)
                                 : simulation.breakdown + QStringLiteral(" = ") + value;
        lines.append(QByteArray());
        lines.append(QStringLiteral("%1, %2 entities:").arg(inTable(name), grouped(all)).toUtf8());
        appendTally(lines, counts, all);
    }
    return lines;
}

QJsonObject tallyJson(const evaluation::Simulation &simulation, const evaluation::Tally &tally)
{
    QJsonObject object{{QStringLiteral("namespace"), simulation.nameSpace.text()},
                       {QStringLiteral("flag"), simulation.flag.text()},
                       {QStringLiteral("entities"), tally.entities},
                       {QStringLiteral("malformed"), tally.malformed},
                       {QStringLiteral("counts"), countsJson(tally.counts, tally.entities)}};
    if (simulation.breakdown.isEmpty())
        return object;
    QJsonArray values;
    for (const auto &[value, counts] : tally.byValue) {
        const qint64 all = sum(counts);
        values.append(QJsonObject{{QStringLiteral("value"), value},
                                  {QStringLiteral("entities"), all},
                                  {QStringLiteral("counts"), countsJson(counts, all)}});
    }
    object[QStringLiteral("by")] = simulation.breakdown;
    object[QStringLiteral("values")] = values;
    return object;
}

QByteArrayList movementLines(const evaluation::FlagMovement &movement, qint64 entities)
{
    QByteArrayList lines{QStringLiteral("Flag %1 in %2: %3 of %4 entities get something else, %5.")
                             .arg(inTable(movement.flag.flag.text()),
                                  inTable(movement.flag.nameSpace.text()), grouped(movement.moved),
                                  grouped(entities), percent(movement.moved, entities))
                             .toUtf8()};
    // A reason is no service: cells that differ in nothing else are one.
    std::map<std::pair<QString, QString>, qint64> cells;
    for (const auto &[cell, count] : movement.matrix)
        cells[{answerText(cell.first), answerText(cell.second)}] += count;
    QList<QStringList> rows;
    for (const auto &[cell, count] : cells)
        rows.append({percent(count, entities), grouped(count),
                     inTable(cell.first) + QStringLiteral(" -> ") + inTable(cell.second)});
    lines += aligned(rows, 2);
    return lines;
}

QJsonObject movementJson(const evaluation::FlagMovement &movement, qint64 entities)
{
    QJsonArray cells;
    for (const auto &[cell, count] : movement.matrix)
        cells.append(QJsonObject{{QStringLiteral("before"), answerJson(cell.first)},
                                 {QStringLiteral("after"), answerJson(cell.second)},
                                 {QStringLiteral("moved"), !sameService(cell.first, cell.second)},
                                 {QStringLiteral("count"), count},
                                 {QStringLiteral("share"), shareOf(count, entities)}});
    return {{QStringLiteral("namespace"), movement.flag.nameSpace.text()},
            {QStringLiteral("flag"), movement.flag.flag.text()},
            {QStringLiteral("entities"), entities},
            {QStringLiteral("moved"), movement.moved},
            {QStringLiteral("matrix"), cells}};
}

QByteArray moveLine(const evaluation::Move &move)
{
    return QStringLiteral("  %1: %2 (%3) -> %4 (%5)")
        .arg(inTable(evaluation::fromUtf8(move.entity)), inTable(answerText(move.before.answer)),
             decisionText(move.before), inTable(answerText(move.after.answer)),
             decisionText(move.after))
        .toUtf8();
}

QJsonObject moveJson(const evaluation::Move &move)
{
    return {{QStringLiteral("entity"), evaluation::fromUtf8(move.entity)},
            {QStringLiteral("before"), servedJson(move.before)},
            {QStringLiteral("after"), servedJson(move.after)}};
}

} // namespace edgewise::cli
