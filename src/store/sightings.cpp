// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/sightings.h>

#include <store/journalfile.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace edgewise::store {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostSightings = 1000; // of one source: what the figures are made of

// Numbers as texts: JSON has no 64 bits.
QString stopsText(const QList<JournalSighting::Stop> &stops)
{
    QJsonArray array;
    for (const JournalSighting::Stop &stop : stops)
        array.append(QJsonObject{{u"kind"_qs, stop.kind},
                                 {u"node"_qs, stop.arrival.node},
                                 {u"after"_qs, QString::number(stop.arrival.nanoseconds)},
                                 {u"within"_qs, QString::number(stop.arrival.uncertainty)}});
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QList<JournalSighting::Stop> parseStops(const QString &text)
{
    QList<JournalSighting::Stop> stops;
    const QJsonArray array = QJsonDocument::fromJson(text.toUtf8()).array();
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        stops.append({.kind = object[u"kind"].toInt(),
                      .arrival = {.node = object[u"node"].toString(),
                                  .nanoseconds = object[u"after"].toString().toLongLong(),
                                  .uncertainty = object[u"within"].toString().toLongLong()}});
    }
    return stops;
}

QString stampsText(const QMap<QString, QString> &stamps)
{
    QJsonObject object;
    for (auto stamp = stamps.cbegin(); stamp != stamps.cend(); ++stamp)
        object.insert(stamp.key(), stamp.value());
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QMap<QString, QString> parseStamps(const QString &text)
{
    QMap<QString, QString> stamps;
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    for (auto stamp = object.begin(); stamp != object.end(); ++stamp)
        stamps.insert(stamp.key(), stamp.value().toString());
    return stamps;
}

} // namespace

// A journal without this table, which earlier releases made, gets it; they pass it over.
Result<void> createSightings(JournalFile &file)
{
    return file.run(u"CREATE TABLE IF NOT EXISTS sightings (source TEXT NOT NULL, "
                    u"seen_at INTEGER NOT NULL, uncertainty INTEGER NOT NULL, "
                    u"replication_index INTEGER, stamps TEXT NOT NULL, stops TEXT NOT NULL, "
                    u"PRIMARY KEY (source, seen_at)) WITHOUT ROWID"_qs);
}

Result<void> keepSighting(JournalFile &file, const JournalSighting &sighting)
{
    const QVariant index =
        sighting.replicationIndex ? QVariant(qlonglong(*sighting.replicationIndex)) : QVariant();
    return file.atomically([&]() -> Result<void> {
        if (auto done = file.run(u"INSERT OR REPLACE INTO sightings VALUES (?, ?, ?, ?, ?, ?)"_qs,
                                 {sighting.source, sighting.seenAt, sighting.uncertainty, index,
                                  stampsText(sighting.stamps), stopsText(sighting.stops)});
            !done)
            return done;
        return file.run(u"DELETE FROM sightings WHERE source = ? AND seen_at <= (SELECT seen_at "
                        u"FROM sightings WHERE source = ? ORDER BY seen_at DESC LIMIT 1 "
                        u"OFFSET ?)"_qs,
                        {sighting.source, sighting.source, mostSightings});
    });
}

Result<void> dropSighting(JournalFile &file, const QString &source, qint64 seenAt)
{
    return file.run(u"DELETE FROM sightings WHERE source = ? AND seen_at = ?"_qs, {source, seenAt});
}

Result<QList<JournalSighting>> sightings(JournalFile &file, const QString &source, int limit)
{
    auto rows = file.select(u"SELECT seen_at, uncertainty, replication_index, stamps, stops FROM "
                            u"sightings WHERE source = ? ORDER BY seen_at DESC LIMIT ?"_qs,
                            {source, limit});
    if (!rows)
        return rows.error();
    QList<JournalSighting> found;
    for (const QVariantList &row : std::as_const(*rows)) {
        found.append({.source = source,
                      .seenAt = row[0].toLongLong(),
                      .uncertainty = row[1].toLongLong(),
                      .replicationIndex = row[2].isNull()
                                              ? std::nullopt
                                              : std::optional(quint64(row[2].toLongLong())),
                      .stamps = parseStamps(row[3].toString()),
                      .stops = parseStops(row[4].toString())});
    }
    return found;
}

} // namespace edgewise::store
