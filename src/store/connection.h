// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/result.h>
#include <base/token.h>
#include <changes/changeset.h>
#include <store/reading.h>
#include <store/rows.h>
#include <store/source.h>

#include <QFuture>
#include <QMap>

#include <memory>

namespace edgewise::store {

struct ConnectionOptions {
    Token token;
    /// Opens the rows for reading alone: a file with mode=ro, and no write is ever sent to a node.
    bool readOnly = false;
    int deadlineMilliseconds = 15000; ///< of one request; every request has one: a write through a
                                      ///< replica whose primary is gone never ends by itself
    /// Saves to a replica too, which passes them on to its primary; else they are refused.
    bool throughReplica = false;
    QString primaryAddress = {};  ///< where known, for that refusal
    QString authoritiesFile = {}; ///< PEM certificates, trusted beside the system's; empty for none
    QString proxy = {};           ///< as Proxy reads it; empty is the program's
};

/// What a save left behind, and proves that it landed.
struct Receipt {
    /// state_modified_at that the save wrote, by namespace: "still ours" means that it landed.
    QMap<QString, QString> stamps;
    /// Position right after the commit, when the server told it.
    std::optional<quint64> replicationIndex;
    qint64 committedAt = 0; ///< steady clock of this machine, nanoseconds, when the answer arrived
    qint64 committedAtWall = 0; ///< wall clock, nanoseconds since 1970
    int statements = 0;
    /// What was written, with the ids, times and ranks that the save made; its inverse undoes it.
    changes::ChangeSet changes = {};
};

/// One database connection on a thread of its own, opened at the first use. Methods may be called
/// from any thread, return at once and run one after the other; the futures finish on the
/// connection's thread, so a page continues with then(this, …). The destructor lets the running
/// call end.
class Connection {
public:
    /// `clock` must outlive the connection.
    Connection(Source source, ConnectionOptions options, const Clock &clock);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    const Source &source() const;

    QFuture<Result<SchemaState>> schema();

    /// Creates Flipt's schema in an empty database, migration row and default namespace included.
    /// Done already (Current) is success; Foreign, Older, Newer and Dirty are Schema errors.
    QFuture<Result<void>> initialise();

    /// The whole snapshot; objects equal to those of `previous` are shared with it. On a node it is
    /// read again, a few times, while the index moves; then the origin says that it is not exact.
    QFuture<Result<Reading>> read(flags::Snapshot previous = {});

    /// The replication index alone: one cheap round trip. None on files and on an empty log.
    QFuture<Result<std::optional<quint64>>> position();

    /// The save: one transaction, every statement guarded by the old values. `base` is
    /// the snapshot that the changes were made on; ids and times that the changes leave empty are
    /// made here. Conflict names the object; ReadOnly, with the native code "REPLICA", a node that
    /// would pass the save on; Unknown means that the outcome could not be learnt.
    QFuture<Result<Receipt>> write(changes::ChangeSet changes, flags::Snapshot base);

    /// Asks again what became of the save that ended as Unknown: its receipt when it landed,
    /// Network when nothing was saved, Unknown while the node cannot be asked, NotFound when no
    /// save is open. Until then write() answers Unknown, and asks first.
    QFuture<Result<Receipt>> resolve();

    /// The statements that write() would send, as text for people; times are placeholders.
    static Result<QStringList> preview(const changes::ChangeSet &changes,
                                       const flags::Snapshot &base);

    QFuture<Result<QList<TableInfo>>> tables();
    QFuture<Result<RowPage>> rows(RowRequest request);

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace edgewise::store
