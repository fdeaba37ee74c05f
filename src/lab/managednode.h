// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab/commandline.h"
#include "lab/node.h"
#include "lab/readinessprobe.h"
#include "lab/supervisedprocess.h"

#include <functional>

namespace edgewise::lab {

/// One process of a lab from its start to its end: ports, readiness, state. Belongs to its Lab,
/// which decides the order in which nodes start and stop.
class ManagedNode : public QObject {
    Q_OBJECT
public:
    /// How to run the node on these ports; asked at each start.
    using Describe = std::function<ProcessDescription(const Ports &ports)>;

    ManagedNode(Node node, Describe describe, int readyMilliseconds);

    const Node &node() const { return m_node; }
    const Ports &ports() const { return m_ports; }
    bool isActive() const;

    /// Keeps the ports of the last start unless one of them is taken.
    void start();
    void stop();
    void restart();
    void kill();
    void pause();
    void resume();
    void stopAndWait(); ///< for destructors

signals:
    void changed();
    /// `moved`: on other ports than at the start before.
    void ready(bool moved);
    /// Runs, but has not answered in time; it goes on being asked, since its primary may come back.
    void late();
    void stopped();
    void failed();

private:
    void launch();
    void choosePorts();
    void onStarted();
    void onAnswered();
    void onMissed();
    void onEnded(const QString &description);
    void setState(NodeState state);

    Node m_node;
    Describe m_describe;
    int m_readyMilliseconds;
    Ports m_ports;
    bool m_moved = false;
    bool m_restart = false;
    int m_attempts = 0;
    SupervisedProcess m_process;
    ReadinessProbe m_probe;
};

} // namespace edgewise::lab
