// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/snapshotfeed.h"

#include <base/whenready.h>

#include <QDateTime>
#include <QFileInfo>
#include <QThreadPool>

#include <algorithm>

namespace edgewise::workspace {

namespace {

constexpr int hurriedMilliseconds = 20;
constexpr int hurriedQuestions = 250; // five seconds
constexpr int livelyMilliseconds = 250;
constexpr int restingMilliseconds = 2000;
constexpr int failingMilliseconds = 5000;

/// Lets go of them on another thread. What nobody else shares any more is freed there: a hundred
/// thousand objects take longer than a frame.
void release(std::vector<flags::Snapshot> snapshots)
{
    QThreadPool::globalInstance()->start([gone = std::move(snapshots)] { Q_UNUSED(gone); });
}

} // namespace

SnapshotFeed::SnapshotFeed(store::Connection &connection, Sharing sharing, QObject *parent)
    : QObject(parent), m_connection(connection), m_sharing(std::move(sharing))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(livelyMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &SnapshotFeed::ask);
}

void SnapshotFeed::start()
{
    m_running = true;
    ask();
}

void SnapshotFeed::stop()
{
    m_running = false;
    m_timer.stop();
}

void SnapshotFeed::refresh()
{
    m_refreshAfter = true;
    if (!m_asking)
        ask();
}

void SnapshotFeed::hurry()
{
    m_hurried = hurriedQuestions;
    if (!m_asking)
        ask();
}

void SnapshotFeed::ask()
{
    if (m_asking)
        return;
    m_timer.stop();
    m_asking = true;
    whenReady(m_connection.position(), this, [this](const Result<std::optional<quint64>> &answer) {
        m_asking = false;
        if (answer)
            takePosition(*answer);
        else
            fail(answer.error());
    });
}

/// A file has no index: what changes when somebody writes it, its log included.
QString SnapshotFeed::fileStamp() const
{
    if (source().kind == store::Source::Kind::Node)
        return {};
    QString stamp;
    for (const QString &suffix : {QString(), u"-wal"_qs}) {
        const QFileInfo file(source().path + suffix);
        stamp += QString::number(file.size()) + u' '
                 + QString::number(file.lastModified().toMSecsSinceEpoch()) + u' ';
    }
    return stamp;
}

void SnapshotFeed::takePosition(std::optional<quint64> position)
{
    const bool moved = position != m_position;
    m_position = position;
    if (moved)
        emit positionChanged();
    const bool isOld = !m_hasReading || !m_reading.origin.exact
                       || m_reading.origin.replicationIndex != position
                       || m_fileStamp != fileStamp();
    if (isOld || m_refreshAfter) {
        read();
        return;
    }
    setState(State::Ready);
    schedule(moved);
}

void SnapshotFeed::read()
{
    m_asking = true;
    m_refreshAfter = false;
    m_fileStamp = fileStamp();
    flags::Snapshot shared = m_sharing ? m_sharing() : flags::Snapshot();
    if (shared.namespaces.empty())
        shared = m_reading.snapshot;
    using Answer = Result<store::Reading>;
    auto *watcher = new QFutureWatcher<Answer>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        // Taken out of the future, or it would be freed with the future, on this thread.
        if (QFuture<Answer> future = watcher->future(); future.resultCount() > 0)
            takeReading(future.takeResult());
    });
    watcher->setFuture(m_connection.read(std::move(shared)));
}

void SnapshotFeed::takeReading(Result<store::Reading> answer)
{
    m_asking = false;
    if (!answer) {
        fail(answer.error());
        return;
    }
    std::vector<flags::Snapshot> old{std::exchange(m_reading, std::move(*answer)).snapshot};
    m_hasReading = true;
    if (m_sharing) // the model may have come while the reading was under way
        shareWith(m_sharing());
    if (m_reading.origin.replicationIndex != m_position) {
        m_position = m_reading.origin.replicationIndex;
        emit positionChanged();
    }
    emit readingChanged(); // others let go of the old one here
    release(std::move(old));
    setState(State::Ready);
    schedule(true);
}

void SnapshotFeed::shareWith(const flags::Snapshot &model)
{
    if (m_reading.snapshot.namespaces == model.namespaces)
        return;
    flags::Snapshot shared = flags::sharing(m_reading.snapshot, model);
    release({std::exchange(m_reading.snapshot, std::move(shared))});
}

void SnapshotFeed::fail(const Error &error)
{
    m_refreshAfter = false;
    m_error = error;
    m_state = State::Error;
    m_timer.setInterval(
        std::clamp(m_timer.interval() * 2, livelyMilliseconds, failingMilliseconds));
    emit stateChanged();
    if (m_running)
        m_timer.start();
}

void SnapshotFeed::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged();
}

void SnapshotFeed::schedule(bool moved)
{
    if (m_refreshAfter) {
        ask();
        return;
    }
    int interval = std::clamp(m_timer.interval() * 2, livelyMilliseconds, restingMilliseconds);
    if (m_hurried > 0) {
        --m_hurried;
        interval = hurriedMilliseconds;
    } else if (moved) {
        interval = livelyMilliseconds;
    }
    m_timer.setInterval(interval);
    if (m_running)
        m_timer.start();
}

} // namespace edgewise::workspace
