// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/journalfile.h>

#include <changes/json.h>
#include <store/database.h>
#include <store/sightings.h>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <QUuid>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using changes::ChangeSet;

namespace {

// SQLite's application_id tells the file from any other database: "EDGJ".
constexpr int applicationId = 0x4544474a;
constexpr int journalVersion = 1;

const QStringList journalTables{
    u"CREATE TABLE drafts (source TEXT PRIMARY KEY NOT NULL, edited_at INTEGER NOT NULL, "
    u"base TEXT NOT NULL, changes TEXT NOT NULL)"_qs,
    u"CREATE TABLE saves (id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, "
    u"author TEXT NOT NULL, reason TEXT NOT NULL, state INTEGER NOT NULL, "
    u"begun_at INTEGER NOT NULL, change_count INTEGER NOT NULL, changes TEXT NOT NULL, "
    u"inverse TEXT NOT NULL, replication_index INTEGER)"_qs,
    u"CREATE INDEX saves_by_source ON saves (source, id)"_qs,
    u"CREATE TABLE stamps (save INTEGER NOT NULL REFERENCES saves ON DELETE CASCADE, "
    u"namespace TEXT NOT NULL, stamp TEXT NOT NULL, PRIMARY KEY (save, namespace))"_qs,
    u"CREATE TABLE arrivals (save INTEGER NOT NULL REFERENCES saves ON DELETE CASCADE, "
    u"node TEXT NOT NULL, nanoseconds INTEGER NOT NULL, uncertainty INTEGER NOT NULL, "
    u"PRIMARY KEY (save, node))"_qs,
};

const QString summaryColumns =
    u"id, source, author, reason, state, begun_at, change_count, replication_index"_qs;

JournalSummary summaryOf(const QVariantList &row)
{
    JournalSummary summary;
    summary.id = row[0].toLongLong();
    summary.source = row[1].toString();
    summary.author = row[2].toString();
    summary.reason = row[3].toString();
    summary.state = JournalSummary::State(row[4].toInt());
    summary.begunAt = row[5].toLongLong();
    summary.changeCount = row[6].toLongLong();
    if (!row[7].isNull())
        summary.replicationIndex = quint64(row[7].toLongLong());
    return summary;
}

QString jsonText(const ChangeSet &changes)
{
    return QString::fromUtf8(changes::toJson(changes));
}

QString filled(const QString &text)
{
    return text.isNull() ? QString(u""_qs) : text;
}

/// Gives the file and its log another name.
QString setFileAside(const QString &path)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz");
    const QString aside = path + u".set-aside-" + stamp;
    QFile::rename(path, aside);
    for (const QString &suffix : {u"-wal"_qs, u"-shm"_qs})
        QFile::rename(path + suffix, aside + suffix);
    return aside;
}

Error notFound(const QString &path, qint64 id)
{
    return {.kind = Error::Kind::NotFound,
            .step = u"reading the journal "_qs + path,
            .detail = u"there is no entry %1"_qs.arg(id)};
}

} // namespace

flags::Snapshot touchedPart(const flags::Snapshot &base, const ChangeSet &changes)
{
    QSet<std::pair<QString, QString>> owners;
    QSet<QString> namespaces;
    for (const changes::Change &change : changes.changes) {
        namespaces.insert(change.address.nameSpace.text());
        owners.insert({change.address.nameSpace.text(), change.address.owner});
    }
    flags::Snapshot part;
    for (const auto &nameSpace : base.namespaces) {
        const QString key = nameSpace->key.text();
        if (!namespaces.contains(key))
            continue;
        auto copy = std::make_shared<flags::Namespace>(*nameSpace);
        const auto isUntouched = [&](const auto &object) {
            return !owners.contains({key, object->key.text()});
        };
        std::erase_if(copy->flags, isUntouched);
        std::erase_if(copy->segments, isUntouched);
        part.namespaces.push_back(std::move(copy));
    }
    return part;
}

Result<std::unique_ptr<JournalFile>> JournalFile::open(const QString &path, QString &setAside)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    constexpr int attempts = 2;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const bool isNew = !QFile::exists(path);
        if (isNew) {
            // What somebody edits is nobody else's business.
            QFile file(path);
            if (file.open(QIODevice::WriteOnly))
                file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        }
        std::unique_ptr<JournalFile> journal(new JournalFile);
        journal->m_path = path;
        journal->m_name = u"journal-"_qs + QUuid::createUuid().toString(QUuid::WithoutBraces);
        journal->m_handle = QSqlDatabase::addDatabase(u"QSQLITE"_qs, journal->m_name);
        journal->m_handle.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_qs);
        journal->m_handle.setDatabaseName(path);
        if (!journal->m_handle.open())
            return toError(journal->m_handle.lastError(), u"opening the journal "_qs + path);
        auto fitness = journal->prepare();
        if (fitness && *fitness == Fitness::Fit)
            return journal;
        const bool isDamaged = !fitness
                               && (fitness.error().nativeCode == u"SQLITE_NOTADB"
                                   || fitness.error().nativeCode == u"SQLITE_CORRUPT");
        if (!fitness && !isDamaged)
            return fitness.error();
        journal.reset();
        setAside = setFileAside(path);
    }
    return Error{.kind = Error::Kind::Internal,
                 .step = u"opening the journal "_qs + path,
                 .detail = u"a new one cannot be made there"_qs};
}

JournalFile::~JournalFile()
{
    m_handle.close();
    m_handle = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

Result<JournalFile::Fitness> JournalFile::prepare()
{
    for (const QString &sql : {u"PRAGMA foreign_keys = ON"_qs, u"PRAGMA synchronous = FULL"_qs}) {
        if (auto done = run(sql); !done)
            return done.error();
    }
    auto identity = select(u"SELECT (SELECT application_id FROM pragma_application_id), "
                           u"(SELECT user_version FROM pragma_user_version), "
                           u"(SELECT count(*) FROM sqlite_master)"_qs);
    if (!identity)
        return identity.error();
    const QVariantList &row = identity->first();
    if (row[2].toInt() == 0 && row[0].toInt() == 0) {
        // A log beside the file: a save of the draft is one write, and a reader does not wait.
        if (auto done = run(u"PRAGMA journal_mode = WAL"_qs); !done)
            return done.error();
        auto made = atomically([&]() -> Result<void> {
            for (const QString &sql : journalTables) {
                if (auto done = run(sql); !done)
                    return done;
            }
            if (auto done = createSightings(*this); !done)
                return done;
            if (auto done = run(u"PRAGMA user_version = %1"_qs.arg(journalVersion)); !done)
                return done;
            return run(u"PRAGMA application_id = %1"_qs.arg(applicationId));
        });
        if (!made)
            return made.error();
        return Fitness::Fit;
    }
    if (row[0].toInt() != applicationId || row[1].toInt() != journalVersion)
        return Fitness::Unfit;
    auto check = select(u"PRAGMA quick_check(1)"_qs);
    if (!check)
        return check.error();
    if (check->value(0).value(0).toString() != u"ok")
        return Fitness::Unfit;
    if (auto made = createSightings(*this); !made)
        return made.error();
    return Fitness::Fit;
}

Result<void> JournalFile::run(const QString &sql, const QVariantList &arguments)
{
    auto done = select(sql, arguments);
    if (!done)
        return done.error();
    return {};
}

Result<QList<QVariantList>> JournalFile::select(const QString &sql, const QVariantList &arguments)
{
    const QString step = u"using the journal "_qs + m_path;
    const sqldriver::BatchStatement statement = makeStatement(sql, arguments);
    QSqlQuery query(m_handle);
    query.setForwardOnly(true);
    if (!query.prepare(statement.sql))
        return toError(query.lastError(), step);
    for (const QVariant &argument : statement.arguments)
        query.addBindValue(argument);
    if (!query.exec())
        return toError(query.lastError(), step);
    QList<QVariantList> rows;
    const int columns = query.record().count();
    while (query.next()) {
        QVariantList row;
        for (int i = 0; i < columns; ++i)
            row.append(query.value(i));
        rows.append(row);
    }
    if (query.lastError().isValid())
        return toError(query.lastError(), step);
    return rows;
}

Result<void> JournalFile::atomically(const std::function<Result<void>()> &work)
{
    if (auto begun = run(u"BEGIN IMMEDIATE"_qs); !begun)
        return begun;
    Result<void> done = work();
    if (done)
        done = run(u"COMMIT"_qs);
    if (!done)
        run(u"ROLLBACK"_qs).has_value();
    return done;
}

Result<void> JournalFile::keepDraft(const JournalDraft &draft, qint64 now)
{
    const flags::Snapshot base = touchedPart(draft.base, draft.changes);
    return run(
        u"INSERT INTO drafts (source, edited_at, base, changes) VALUES (?, ?, ?, ?) "
        u"ON CONFLICT (source) DO UPDATE SET edited_at = excluded.edited_at, "
        u"base = excluded.base, changes = excluded.changes"_qs,
        {filled(draft.source), now, jsonText(changes::diff({}, base)), jsonText(draft.changes)});
}

Result<std::optional<JournalDraft>> JournalFile::draft(const QString &source)
{
    auto rows = select(u"SELECT edited_at, base, changes FROM drafts WHERE source = ?"_qs,
                       {filled(source)});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return std::optional<JournalDraft>();
    const QVariantList &row = rows->first();
    auto base = changes::parseJson(row[1].toString().toUtf8());
    if (!base)
        return base.error();
    auto changes = changes::parseJson(row[2].toString().toUtf8());
    if (!changes)
        return changes.error();
    auto snapshot = changes::apply({}, *base);
    if (!snapshot)
        return snapshot.error();
    return std::optional(JournalDraft{.source = source,
                                      .changes = std::move(*changes),
                                      .base = std::move(*snapshot),
                                      .editedAt = row[0].toLongLong()});
}

Result<void> JournalFile::dropDraft(const QString &source)
{
    return run(u"DELETE FROM drafts WHERE source = ?"_qs, {filled(source)});
}

Result<qint64> JournalFile::begin(const JournalEntry &entry, qint64 now)
{
    const JournalSummary &summary = entry.summary;
    auto rows =
        select(u"INSERT INTO saves (source, author, reason, state, begun_at, change_count, "
               u"changes, inverse) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"_qs,
               {filled(summary.source), filled(summary.author), filled(summary.reason),
                int(JournalSummary::State::Sending), now, qlonglong(entry.changes.changes.size()),
                jsonText(entry.changes), jsonText(entry.inverse)});
    if (!rows)
        return rows.error();
    return rows->first().first().toLongLong();
}

Result<void> JournalFile::finish(qint64 id, JournalSummary::State state,
                                 const QMap<QString, QString> &stamps,
                                 std::optional<quint64> replicationIndex)
{
    return atomically([&]() -> Result<void> {
        const QVariant index =
            replicationIndex ? QVariant(qlonglong(*replicationIndex)) : QVariant();
        auto found = select(u"UPDATE saves SET state = ?, replication_index = ? WHERE id = ? "
                            u"RETURNING id"_qs,
                            {int(state), index, id});
        if (!found)
            return found.error();
        if (found->isEmpty())
            return notFound(m_path, id);
        for (auto it = stamps.cbegin(); it != stamps.cend(); ++it) {
            if (auto done = run(u"INSERT OR REPLACE INTO stamps VALUES (?, ?, ?)"_qs,
                                {id, filled(it.key()), filled(it.value())});
                !done)
                return done;
        }
        return {};
    });
}

Result<void> JournalFile::noteArrival(qint64 id, const JournalArrival &arrival)
{
    return run(u"INSERT OR IGNORE INTO arrivals VALUES (?, ?, ?, ?)"_qs,
               {id, filled(arrival.node), arrival.nanoseconds, arrival.uncertainty});
}

Result<void> JournalFile::fillSummary(JournalSummary &summary)
{
    auto stamps = select(u"SELECT namespace, stamp FROM stamps WHERE save = ?"_qs, {summary.id});
    if (!stamps)
        return stamps.error();
    for (const QVariantList &row : std::as_const(*stamps))
        summary.stamps.insert(row[0].toString(), row[1].toString());
    auto arrivals = select(u"SELECT node, nanoseconds, uncertainty FROM arrivals WHERE save = ? "
                           u"ORDER BY rowid"_qs,
                           {summary.id});
    if (!arrivals)
        return arrivals.error();
    for (const QVariantList &row : std::as_const(*arrivals))
        summary.arrivals.append({.node = row[0].toString(),
                                 .nanoseconds = row[1].toLongLong(),
                                 .uncertainty = row[2].toLongLong()});
    return {};
}

Result<QList<JournalSummary>> JournalFile::summaries(const QString &source, qint64 before,
                                                     int limit)
{
    auto rows = select(u"SELECT "_qs + summaryColumns
                           + u" FROM saves WHERE (? = '' OR source = ?) AND (? = 0 OR id < ?) "
                             u"ORDER BY id DESC LIMIT ?"_qs,
                       {filled(source), filled(source), before, before, limit});
    if (!rows)
        return rows.error();
    QList<JournalSummary> summaries;
    for (const QVariantList &row : std::as_const(*rows)) {
        summaries.append(summaryOf(row));
        if (auto filledIn = fillSummary(summaries.last()); !filledIn)
            return filledIn.error();
    }
    return summaries;
}

Result<JournalEntry> JournalFile::entry(qint64 id)
{
    auto rows = select(
        u"SELECT "_qs + summaryColumns + u", changes, inverse FROM saves WHERE id = ?"_qs, {id});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return notFound(m_path, id);
    const QVariantList &row = rows->first();
    JournalEntry entry{.summary = summaryOf(row), .changes = {}, .inverse = {}};
    if (auto filledIn = fillSummary(entry.summary); !filledIn)
        return filledIn.error();
    auto changes = changes::parseJson(row[8].toString().toUtf8());
    if (!changes)
        return changes.error();
    auto inverse = changes::parseJson(row[9].toString().toUtf8());
    if (!inverse)
        return inverse.error();
    entry.changes = std::move(*changes);
    entry.inverse = std::move(*inverse);
    return entry;
}

} // namespace edgewise::store
