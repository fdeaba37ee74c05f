// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <workspace/workspace.h>

#include <QObject>
#include <QTimer>

#include <memory>

class QSslSocket;

namespace edgewise::replication {
class Sampler;
struct NodeSample;
} // namespace edgewise::replication

namespace edgewise::workspace {

/// One thing that was looked at.
struct Finding {
    enum class Verdict { Passed, Noted, Failed };
    enum class Subject { Address, Port, Encryption, Token, Schema, Log, Follows };
    Subject subject = Subject::Address;
    Verdict verdict = Verdict::Passed;
    QString words; ///< a phrase for people: "nothing listens on port 8080"

    friend bool operator==(const Finding &, const Finding &) = default;
};

/// Why a node can or cannot be worked with, step by step: each is only tried when the one before it
/// has passed. Writes nothing. GUI thread; never waits.
class Diagnosis : public QObject {
    Q_OBJECT

public:
    /// `primary` is the one that the node shall follow; nothing for a primary. `clock` must outlive
    /// the application object, as for Workspace.
    Diagnosis(Workspace::Node node, std::optional<Workspace::Node> primary, const Clock &clock,
              QObject *parent = nullptr);
    ~Diagnosis() override;

    void start();
    const Workspace::Node &node() const { return m_node; }
    const QList<Finding> &findings() const { return m_findings; }
    bool isFinished() const { return m_isFinished; }

signals:
    void found();    ///< findings() has one more
    void finished(); ///< and will have no other

private:
    void knock();
    void takeSocketError();
    void askToken();
    void askSchema();
    void askLog();
    void takeSample(const replication::NodeSample &sample);
    void note(Finding::Subject subject, Finding::Verdict verdict, const QString &words);
    void finish();

    const Workspace::Node m_node;
    const std::optional<Workspace::Node> m_primary;
    const Clock &m_clock;
    std::unique_ptr<store::Connection> m_connection;
    std::unique_ptr<replication::Sampler> m_sampler;
    QSslSocket *m_socket = nullptr;
    QTimer m_deadline;
    QList<Finding> m_findings;
    bool m_isFinished = false;
};

} // namespace edgewise::workspace
