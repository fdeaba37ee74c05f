// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/savewriter.h>

#include <changes/text.h>
#include <sqldriver/batch.h>
#include <store/layout.h>
#include <store/saverefusal.h>
#include <store/snapshotreader.h>

#include <QSemaphore>

#include <algorithm>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using changes::Change;
using changes::ChangeSet;
using changes::Field;
using sqldriver::BatchResult;

namespace {

constexpr int stampAttempts = 5; ///< somebody else's stamp was greater than ours
constexpr int busyAttempts = 3;  ///< another process holds a file's lock
constexpr int firstPauseMilliseconds = 50;
constexpr int longestPauseMilliseconds = 1000;
constexpr qint64 nanosecondsPerMillisecond = 1'000'000;

QHash<QString, QVariant> stampsOf(const sqldriver::BatchRows &rows)
{
    QHash<QString, QVariant> stamps;
    for (const QVariantList &row : rows.rows)
        stamps.insert(row[0].toString(), row[1]);
    return stamps;
}

/// `SELECT` behind BEGIN IMMEDIATE: it waits for whoever has or awaits the write lock.
BatchResult readStampsBehindLock(Database &database)
{
    return sqldriver::writeBatch(
        database.handle(), {{.sql = u"SELECT \"key\", \"state_modified_at\" FROM \"namespaces\""_qs,
                             .arguments = {}}});
}

/// Without the times that others move while they save something else.
ChangeSet withoutStamps(ChangeSet changes)
{
    for (Change &change : changes.changes)
        change.fields.erase(Field::StateModified);
    std::erase_if(changes.changes, [](const Change &change) {
        return change.kind == Change::Kind::Modify && change.fields.empty()
               && !change.positionAfter;
    });
    return changes;
}

} // namespace

SaveWriter::SaveWriter(Opener open, QString node, int deadlineMilliseconds, const Clock &clock,
                       IdGenerator newId)
    : m_open(std::move(open)), m_node(std::move(node)), m_step(u"saving to "_qs + m_node),
      m_deadlineMilliseconds(deadlineMilliseconds), m_clock(clock), m_newId(std::move(newId))
{
}

Result<Receipt> SaveWriter::write(const ChangeSet &changes, const flags::Snapshot &base)
{
    if (m_openSave) {
        // Nothing may be saved while it is not known what the last save left behind.
        const auto settled = settle(std::move(*m_openSave), 0);
        if (!settled && settled.error().kind == Error::Kind::Unknown)
            return settled.error();
    }
    flags::Snapshot current = base;
    int stampsLeft = stampAttempts;
    int busyLeft = busyAttempts;
    bool isFresh = false;
    Inserts inserts = Inserts::Grouped;
    while (true) {
        auto plan = planWrite(changes, current, m_clock.wallNanoseconds(), m_newId, inserts);
        if (!plan)
            return plan.error();
        if (plan->statements.isEmpty())
            return receipt(*plan, std::nullopt);
        auto database = m_open(isFresh);
        if (!database)
            return database.error();
        const BatchResult result = send(**database, *plan);
        if (result.outcome == BatchResult::Outcome::Done)
            return receipt(*plan, result.replicationIndex);

        const Error raw = toError(result.error, m_step);
        if (result.outcome == BatchResult::Outcome::Unknown || raw.kind == Error::Kind::Protocol) {
            return settle({.plan = std::move(*plan), .base = base, .why = raw.detail},
                          m_deadlineMilliseconds);
        }
        // From here on nothing has been written, so that the save may be sent again.
        const bool isStamp =
            isFailedGuard(*plan, result.failedStatement, raw)
            && plan->statements[result.failedStatement].purpose == Purpose::StampGuard;
        if (isStamp && --stampsLeft > 0) {
            auto restamped = withCurrentStamps(**database, current);
            if (!restamped)
                return restamped.error();
            current = std::move(*restamped);
            continue;
        }
        if (raw.kind != Error::Kind::Network && raw.retryable && --busyLeft > 0)
            continue;
        if (raw.kind == Error::Kind::Network && !isFresh) {
            // A server that was started again knows nothing of the old connection.
            isFresh = true;
            continue;
        }
        if (raw.kind == Error::Kind::Constraint && plan->isGrouped && result.failedStatement >= 0
            && plan->statements[result.failedStatement].purpose == Purpose::Change) {
            // Once more row by row, so that the refusal names the object.
            inserts = Inserts::Single;
            continue;
        }
        return explainRefusal(*plan, result.failedStatement, raw);
    }
}

Result<Receipt> SaveWriter::resolveOpen()
{
    if (!m_openSave)
        return Error{.kind = Error::Kind::NotFound,
                     .step = m_step,
                     .detail = u"no save is waiting for its outcome"_qs};
    return settle(std::move(*m_openSave), 0);
}

Result<Receipt> SaveWriter::settle(OpenSave save, int milliseconds)
{
    m_openSave.reset();
    std::optional<quint64> index;
    switch (resolve(save.plan, save.base, milliseconds, index)) {
    case Verdict::Landed:
        return receipt(save.plan, index);
    case Verdict::NotLanded:
        return Error{.kind = Error::Kind::Network,
                     .step = m_step,
                     .detail = u"the connection was lost and nothing was saved: "_qs + save.why,
                     .nativeCode = {},
                     .retryable = true};
    case Verdict::Undecided:
        break;
    }
    Error error = unknown(save.plan, save.why);
    m_openSave = std::move(save);
    return error;
}

BatchResult SaveWriter::send(Database &database, const WritePlan &plan) const
{
    QList<sqldriver::BatchStatement> batch;
    batch.reserve(plan.statements.size());
    for (const WriteStatement &statement : plan.statements)
        batch.append(makeStatement(statement.sql, statement.arguments));
    return sqldriver::writeBatch(database.handle(), batch);
}

Receipt SaveWriter::receipt(const WritePlan &plan, std::optional<quint64> index) const
{
    return {.stamps = plan.save.stamps,
            .replicationIndex = index,
            .committedAt = m_clock.steadyNanoseconds(),
            .committedAtWall = m_clock.wallNanoseconds(),
            .statements = int(plan.statements.size()),
            .changes = plan.save.changes};
}

SaveWriter::Verdict SaveWriter::resolve(const WritePlan &plan, const flags::Snapshot &base,
                                        int milliseconds, std::optional<quint64> &index) const
{
    const qint64 end = m_clock.steadyNanoseconds() + milliseconds * nanosecondsPerMillisecond;
    int pause = firstPauseMilliseconds;
    while (true) {
        if (auto database = m_open(true)) {
            if (const auto verdict = judgeOnce(**database, plan, base, index))
                return *verdict;
        }
        if (m_clock.steadyNanoseconds() >= end)
            return Verdict::Undecided;
        QSemaphore().tryAcquire(1, pause);
        pause = std::min(pause * 2, longestPauseMilliseconds);
    }
}

std::optional<SaveWriter::Verdict> SaveWriter::judgeOnce(Database &database, const WritePlan &plan,
                                                         const flags::Snapshot &base,
                                                         std::optional<quint64> &index) const
{
    const BatchResult answer = readStampsBehindLock(database);
    if (answer.outcome != BatchResult::Outcome::Done)
        return std::nullopt;
    index = answer.replicationIndex;
    const QHash<QString, QVariant> found = stampsOf(answer.results.first());
    bool allOurs = !plan.save.stamps.isEmpty();
    bool allOld = !plan.save.stamps.isEmpty();
    for (auto it = plan.save.stamps.cbegin(); it != plan.save.stamps.cend(); ++it) {
        const QVariant stamp = found.value(it.key());
        const auto before = base.nameSpace(NamespaceKey(it.key()));
        allOurs &= stamp.toString() == it.value();
        if (!before)
            allOld &= !found.contains(it.key());
        else
            allOld &= found.contains(it.key())
                      && (before->stateModified ? stamp.toString() == *before->stateModified
                                                : stamp.isNull());
    }
    if (allOurs)
        return Verdict::Landed;
    if (allOld)
        return Verdict::NotLanded;
    return judgeByRows(database, plan);
}

SaveWriter::Verdict SaveWriter::judgeByRows(Database &database, const WritePlan &plan) const
{
    const auto reading = SnapshotReader(database, m_node, m_clock).read({});
    if (!reading)
        return Verdict::Undecided;
    const ChangeSet changes = withoutStamps(plan.save.changes);
    const bool isBefore = changes::apply(reading->snapshot, changes).has_value();
    const bool isAfter = changes::apply(reading->snapshot, changes::invert(changes)).has_value();
    if (isBefore == isAfter)
        return Verdict::Undecided;
    return isAfter ? Verdict::Landed : Verdict::NotLanded;
}

Result<flags::Snapshot> SaveWriter::withCurrentStamps(Database &database,
                                                      const flags::Snapshot &base) const
{
    const BatchResult answer = sqldriver::readBatch(
        database.handle(), {{.sql = u"SELECT \"key\", \"state_modified_at\" FROM \"namespaces\""_qs,
                             .arguments = {}}});
    if (answer.outcome != BatchResult::Outcome::Done)
        return toError(answer.error, m_step);
    const QHash<QString, QVariant> stamps = stampsOf(answer.results.first());
    flags::Snapshot current = base;
    for (std::shared_ptr<const flags::Namespace> &pointer : current.namespaces) {
        auto nameSpace = std::make_shared<flags::Namespace>(*pointer);
        const QVariant stamp = stamps.value(pointer->key.text());
        nameSpace->stateModified = stamp.isNull() ? std::nullopt : std::optional(stamp.toString());
        pointer = std::move(nameSpace);
    }
    return current;
}

Error SaveWriter::unknown(const WritePlan &plan, const QString &why) const
{
    QStringList objects;
    constexpr qsizetype most = 5;
    for (const Change &change : plan.save.changes.changes) {
        if (objects.size() < most)
            objects.append(changes::text(change.address));
    }
    const qsizetype more = qsizetype(plan.save.changes.changes.size()) - objects.size();
    return {.kind = Error::Kind::Unknown,
            .step = m_step,
            .detail = u"the connection was lost and the node cannot be asked whether the save "
                      u"landed ("_qs
                      + why + u"); it was about "_qs + objects.join(u", ")
                      + (more > 0 ? u" and %1 more"_qs.arg(more) : QString())};
}

} // namespace edgewise::store
