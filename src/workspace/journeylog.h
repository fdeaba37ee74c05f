// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <workspace/journey.h>
#include <workspace/workspace.h>

#include <QHash>
#include <QSet>
#include <QTimer>

namespace edgewise::workspace {

/// Follows every save, by anyone, from the primary to each replica and Flipt. It reads nothing
/// itself: it watches the feeds of the workspace, which read what moves. GUI thread.
class JourneyLog : public QObject {
    Q_OBJECT

public:
    /// `workspace` and `clock` must outlive the log, and the journal, which may be null: what it
    /// holds of earlier saves stands first, and saves of others are kept in it (our own the Save
    /// keeps).
    JourneyLog(Workspace &workspace, store::Journal *journal, const Clock &clock,
               QObject *parent = nullptr);
    ~JourneyLog() override;

    /// The oldest first, at most a thousand.
    const QList<Journey> &journeys() const { return m_journeys; }

signals:
    void journeyAdded(); ///< at the end; the oldest may have gone
    void journeyChanged(qint64 id);
    void journeysReset();

private:
    void loadKept();
    void takeKept(const QList<store::JournalSummary> &saves,
                  const QList<store::JournalSighting> &sightings);
    void noteChange(const Journey &journey);
    void keepChanged();
    void takeReading();
    void takeSave();
    void takePosition();
    void takeOwn(const Save &save);
    void lookAtReplica(int place);
    void takeFlipt(int place);
    QString nameOf(const QString &node) const;
    Journey begin(Journey::Origin origin) const;
    void add(Journey journey);
    void follow(const Journey &journey);
    bool see(JourneyStop &stop, const Journey &journey, int place);

    Workspace &m_workspace;
    store::Journal *const m_journal;
    const Clock &m_clock;
    QList<Journey> m_journeys;
    flags::Snapshot m_last;
    QMap<QString, QString> m_stamps; ///< of the last reading, by namespace
    bool m_hasReading = false;
    std::optional<quint64> m_position; ///< of the primary, the newest known
    qint64 m_nextId = 1;
    QTimer m_keepTimer;             ///< a save reaches several nodes at once: one write for all
    QSet<qint64> m_changed;         ///< ids that the journal does not hold as they are
    QHash<qint64, qint64> m_keptAt; ///< of others, under which time it holds them, by id
};

} // namespace edgewise::workspace
