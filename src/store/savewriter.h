// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <store/connection.h>
#include <store/database.h>
#include <store/writeplan.h>

#include <functional>

namespace edgewise::sqldriver {
struct BatchResult;
}

namespace edgewise::store {

/// Sends a save as one batch, and says what became of it. It blocks, up to a few deadlines when the
/// connection is lost.
class SaveWriter {
public:
    /// Gives a database that is open for writing, a new connection when `fresh`. It stays valid
    /// until the next call.
    using Opener = std::function<Result<Database *>(bool fresh)>;

    SaveWriter(Opener open, QString node, int deadlineMilliseconds, const Clock &clock,
               IdGenerator newId);

    Result<Receipt> write(const changes::ChangeSet &changes, const flags::Snapshot &base);
    /// Connection::resolve.
    Result<Receipt> resolveOpen();

private:
    enum class Verdict { Landed, NotLanded, Undecided };
    /// A save whose outcome is not known.
    struct OpenSave {
        WritePlan plan;
        flags::Snapshot base;
        QString why;
    };

    Result<Receipt> settle(OpenSave save, int milliseconds);

    sqldriver::BatchResult send(Database &database, const WritePlan &plan) const;
    Receipt receipt(const WritePlan &plan, std::optional<quint64> index) const;
    /// The connection was lost after the batch was sent: asks the node, until the deadline, behind
    /// the write lock. A plain read would prove nothing, because the batch may still be waiting for
    /// that lock and land afterwards.
    Verdict resolve(const WritePlan &plan, const flags::Snapshot &base, int milliseconds,
                    std::optional<quint64> &index) const;
    std::optional<Verdict> judgeOnce(Database &database, const WritePlan &plan,
                                     const flags::Snapshot &base,
                                     std::optional<quint64> &index) const;
    Verdict judgeByRows(Database &database, const WritePlan &plan) const;
    /// The stamps that stand in the database now, put into a copy of `base`.
    Result<flags::Snapshot> withCurrentStamps(Database &database,
                                              const flags::Snapshot &base) const;
    Error unknown(const WritePlan &plan, const QString &why) const;

    const Opener m_open;
    const QString m_node;
    const QString m_step;
    const int m_deadlineMilliseconds;
    const Clock &m_clock;
    const IdGenerator m_newId;
    std::optional<OpenSave> m_openSave;
};

} // namespace edgewise::store
