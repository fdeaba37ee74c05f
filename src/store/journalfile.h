// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/journal.h>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QVariantList>

#include <functional>

namespace edgewise::store {

/// The journal's SQLite file, on the thread that opened it. All its SQL stands here.
class JournalFile {
public:
    /// `setAside` takes the name that a damaged or newer file got.
    static Result<std::unique_ptr<JournalFile>> open(const QString &path, QString &setAside);
    ~JournalFile();
    JournalFile(const JournalFile &) = delete;
    JournalFile &operator=(const JournalFile &) = delete;

    Result<void> keepDraft(const JournalDraft &draft, qint64 now);
    Result<std::optional<JournalDraft>> draft(const QString &source);
    Result<void> dropDraft(const QString &source);
    Result<qint64> begin(const JournalEntry &entry, qint64 now);
    Result<void> finish(qint64 id, JournalSummary::State state,
                        const QMap<QString, QString> &stamps,
                        std::optional<quint64> replicationIndex);
    Result<void> noteArrival(qint64 id, const JournalArrival &arrival);
    Result<QList<JournalSummary>> summaries(const QString &source, qint64 before, int limit);
    Result<JournalEntry> entry(qint64 id);

    // For what else is kept in the file.
    Result<void> run(const QString &sql, const QVariantList &arguments = {});
    Result<QList<QVariantList>> select(const QString &sql, const QVariantList &arguments = {});
    /// Runs `work` in a transaction.
    Result<void> atomically(const std::function<Result<void>()> &work);

private:
    enum class Fitness { Fit, Unfit };

    JournalFile() = default;
    /// Creates the tables in an empty file; Unfit when the file is damaged or of another version.
    Result<Fitness> prepare();
    Result<void> fillSummary(JournalSummary &summary);

    QString m_path;
    QString m_name;
    QSqlDatabase m_handle;
};

/// Of `base`, the namespaces, flags and segments that the changes touch, with their parts.
flags::Snapshot touchedPart(const flags::Snapshot &base, const changes::ChangeSet &changes);

} // namespace edgewise::store
