// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/proxy.h>
#include <base/token.h>
#include <replication/nodesample.h>

#include <QList>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <optional>
#include <vector>

namespace edgewise::hrana {
struct Position;
struct LogIdentity;
} // namespace edgewise::hrana
namespace edgewise {
template <typename T>
class Result;
}

namespace edgewise::replication {

struct WatchedNode {
    QString text; ///< names the node in its samples
    QUrl url;     ///< http, https or libsql
    Token token;
    QString databaseNamespace; ///< of a server with namespaces, else empty
    Role role = Role::Replica;
    QByteArray authorities = {};     ///< in PEM, trusted beside the system's
    std::optional<Proxy> proxy = {}; ///< instead of the program's

    friend bool operator==(const WatchedNode &, const WatchedNode &) = default;
};

/// Asks any number of nodes for their position, again and again, and judges them against the
/// primary among them. Asynchronous: lives on one thread with an event loop, where all methods are
/// called. A node that does not answer delays no other.
class Sampler : public QObject {
    Q_OBJECT
public:
    /// `clock` must outlive the sampler.
    explicit Sampler(const Clock &clock, QObject *parent = nullptr);
    ~Sampler() override;

    /// Keeps what is known of nodes that were watched before. At most one is the primary.
    void setNodes(const QList<WatchedNode> &nodes);
    /// Time between two questions to a node, 5 to 60000 milliseconds; 500 at first.
    void setInterval(int milliseconds);
    /// Ask more often, up to twenty times a second, while a replica is behind. On at first.
    void setAdaptive(bool adaptive);
    /// Of one question; 1500 milliseconds at first. For nodes that are set afterwards.
    void setDeadline(int milliseconds);

    void start();
    void stop();
    bool isRunning() const { return m_running; }
    /// Asks at once, for instance after a save, and goes on from there.
    void hurry();

    /// What a comparison of rows found; judged from the next sample on.
    void setContentCheck(const QString &node, const ContentCheck &check);

    /// The newest sample of each node that has one, in the order of setNodes().
    QList<NodeSample> newest() const;

signals:
    /// A node was sampled; the primary's first sample comes before that of any replica.
    void sampled(const edgewise::replication::NodeSample &sample);

private:
    struct Watch;

    void ask();
    void askPosition(const std::shared_ptr<Watch> &watch);
    void askLog(const std::shared_ptr<Watch> &watch);
    bool isLogDue(const Watch &watch, qint64 now) const;
    void onPosition(const std::shared_ptr<Watch> &watch, const Result<hrana::Position> &result);
    void onLog(const std::shared_ptr<Watch> &watch, const Result<hrana::LogIdentity> &result);
    void record(Watch &watch, const hrana::Position &position);
    void publish(Watch &watch);
    int pace() const;

    const Clock &m_clock;
    int m_interval = 500;
    int m_deadline = 1500;
    bool m_adaptive = true;
    bool m_running = false;
    QTimer m_timer;
    LagClock m_lag;
    std::vector<std::shared_ptr<Watch>> m_watches;
    std::shared_ptr<Watch> m_primary;
};

} // namespace edgewise::replication
