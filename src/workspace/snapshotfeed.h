// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/connection.h>

#include <QObject>
#include <QTimer>

#include <functional>

namespace edgewise::workspace {

/// One node's reading, kept fresh: asks for the position on a timer and reads again only when it
/// moved. Asks often while things move, seldom when they rest. GUI thread; never waits.
class SnapshotFeed : public QObject {
    Q_OBJECT

public:
    enum class State {
        Loading, ///< no reading yet
        Ready,   ///< the last question was answered
        Error,   ///< the last question was not; reading() is the last known one, if any
    };
    /// Gives the snapshot that a reading may share its objects with.
    using Sharing = std::function<flags::Snapshot()>;

    /// `connection` must outlive the feed. Without `sharing` readings share with their predecessor.
    SnapshotFeed(store::Connection &connection, Sharing sharing = {}, QObject *parent = nullptr);

    void start();
    void stop();
    /// Reads now, whether or not the position moved.
    void refresh();
    /// Asks for the position now and often for the next seconds: something is about to arrive.
    void hurry();

    /// Lets the reading share its objects with an equal snapshot that came later. No signal:
    /// nothing that is compared by value changes.
    void shareWith(const flags::Snapshot &model);

    const store::Source &source() const { return m_connection.source(); }
    State state() const { return m_state; }
    bool hasReading() const { return m_hasReading; }
    /// Only where hasReading(); else an empty one.
    const store::Reading &reading() const { return m_reading; }
    /// Of State::Error.
    const Error &error() const { return m_error; }
    /// The newest replication index that the node told; none on files.
    std::optional<quint64> position() const { return m_position; }
    int intervalMilliseconds() const { return m_timer.interval(); }

signals:
    void readingChanged();
    void stateChanged();
    void positionChanged();

private:
    void ask();
    void read();
    void takePosition(std::optional<quint64> position);
    void takeReading(Result<store::Reading> answer);
    void fail(const Error &error);
    void setState(State state);
    void schedule(bool moved);
    QString fileStamp() const;

    store::Connection &m_connection;
    Sharing m_sharing;
    QTimer m_timer;
    State m_state = State::Loading;
    store::Reading m_reading;
    Error m_error;
    std::optional<quint64> m_position;
    QString m_fileStamp; ///< of the file that the reading is from: size and time, with its log's
    bool m_hasReading = false;
    bool m_running = false;
    bool m_asking = false;       ///< a question is on its way; there is never a second one
    bool m_refreshAfter = false; ///< refresh() was called meanwhile
    int m_hurried = 0;           ///< questions left that are asked at the shortest interval
};

} // namespace edgewise::workspace
