// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/journal.h>

#include <store/journalfile.h>
#include <store/sightings.h>
#include <store/workthread.h>

namespace edgewise::store {

using namespace Qt::StringLiterals;

QString systemAuthor()
{
    for (const char *name : {"USER", "LOGNAME", "USERNAME"}) {
        if (const QString user = qEnvironmentVariable(name); !user.isEmpty())
            return user;
    }
    return u"unknown"_qs;
}

/// What lives on the journal's thread.
class Journal::Worker {
public:
    Worker(QString path, const Clock &clock)
        : m_path(std::move(path)), m_clock(clock),
          m_thread(u"journal"_qs, [this] { m_file.reset(); })
    {
    }

    /// `use` gives a Result and takes the open file.
    template <typename Use>
    auto run(Use use) -> QFuture<decltype(use(std::declval<JournalFile &>()))>
    {
        return m_thread.run([this, use = std::move(use)]() -> decltype(use(*m_file)) {
            if (!m_file) {
                auto opened = JournalFile::open(m_path, m_setAside);
                if (!opened)
                    return opened.error();
                m_file = std::move(*opened);
            }
            return use(*m_file);
        });
    }

    const Clock &clock() const { return m_clock; }
    /// On the thread.
    QString takeSetAside() { return std::exchange(m_setAside, {}); }

private:
    const QString m_path;
    const Clock &m_clock;
    std::unique_ptr<JournalFile> m_file; ///< used on the thread alone, as is the next
    QString m_setAside;
    WorkThread m_thread;
};

Journal::Journal(QString path, const Clock &clock)
    : m_worker(std::make_unique<Worker>(std::move(path), clock))
{
}

Journal::~Journal() = default;

QFuture<Result<QString>> Journal::open()
{
    return m_worker->run([worker = m_worker.get()](JournalFile &) -> Result<QString> {
        return worker->takeSetAside();
    });
}

QFuture<Result<void>> Journal::keepDraft(JournalDraft draft)
{
    return m_worker->run([worker = m_worker.get(), draft = std::move(draft)](JournalFile &file) {
        return file.keepDraft(draft, worker->clock().wallNanoseconds());
    });
}

QFuture<Result<std::optional<JournalDraft>>> Journal::draft(QString source)
{
    return m_worker->run(
        [source = std::move(source)](JournalFile &file) { return file.draft(source); });
}

QFuture<Result<void>> Journal::dropDraft(QString source)
{
    return m_worker->run(
        [source = std::move(source)](JournalFile &file) { return file.dropDraft(source); });
}

QFuture<Result<qint64>> Journal::begin(JournalEntry entry)
{
    return m_worker->run([worker = m_worker.get(), entry = std::move(entry)](JournalFile &file) {
        return file.begin(entry, worker->clock().wallNanoseconds());
    });
}

QFuture<Result<void>> Journal::finish(qint64 id, JournalSummary::State state,
                                      QMap<QString, QString> stamps,
                                      std::optional<quint64> replicationIndex)
{
    return m_worker->run(
        [id, state, stamps = std::move(stamps), replicationIndex](JournalFile &file) {
            return file.finish(id, state, stamps, replicationIndex);
        });
}

QFuture<Result<void>> Journal::noteArrival(qint64 id, JournalArrival arrival)
{
    return m_worker->run([id, arrival = std::move(arrival)](JournalFile &file) {
        return file.noteArrival(id, arrival);
    });
}

QFuture<Result<QList<JournalSummary>>> Journal::summaries(QString source, qint64 before, int limit)
{
    return m_worker->run([source = std::move(source), before, limit](JournalFile &file) {
        return file.summaries(source, before, limit);
    });
}

QFuture<Result<JournalEntry>> Journal::entry(qint64 id)
{
    return m_worker->run([id](JournalFile &file) { return file.entry(id); });
}

QFuture<Result<void>> Journal::keepSighting(JournalSighting sighting)
{
    return m_worker->run([sighting = std::move(sighting)](JournalFile &file) {
        return store::keepSighting(file, sighting);
    });
}

QFuture<Result<void>> Journal::dropSighting(QString source, qint64 seenAt)
{
    return m_worker->run([source = std::move(source), seenAt](JournalFile &file) {
        return store::dropSighting(file, source, seenAt);
    });
}

QFuture<Result<QList<JournalSighting>>> Journal::sightings(QString source, int limit)
{
    return m_worker->run([source = std::move(source), limit](JournalFile &file) {
        return store::sightings(file, source, limit);
    });
}

} // namespace edgewise::store
