// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/managednode.h"

namespace edgewise::lab {

using namespace Qt::StringLiterals;

namespace {

constexpr int portAttempts = 5;

QUrl loopbackUrl(quint16 port)
{
    return QUrl(u"http://127.0.0.1:%1"_qs.arg(port));
}

} // namespace

ManagedNode::ManagedNode(Node node, Describe describe, int readyMilliseconds)
    : m_node(std::move(node)), m_describe(std::move(describe)),
      m_readyMilliseconds(readyMilliseconds)
{
    connect(&m_process, &SupervisedProcess::started, this, &ManagedNode::onStarted);
    connect(&m_process, &SupervisedProcess::ended, this, &ManagedNode::onEnded);
    connect(&m_probe, &ReadinessProbe::answered, this, &ManagedNode::onAnswered);
    connect(&m_probe, &ReadinessProbe::missed, this, &ManagedNode::onMissed);
}

bool ManagedNode::isActive() const
{
    return m_node.state != NodeState::Stopped && m_node.state != NodeState::Failed;
}

void ManagedNode::start()
{
    if (isActive())
        return;
    m_attempts = 0;
    m_moved = false;
    if (m_ports.http == 0)
        choosePorts();
    launch();
}

void ManagedNode::choosePorts()
{
    const QList<quint16> free = freePorts(3);
    if (free.size() == 3)
        m_ports = {.http = free[0], .admin = free[1], .grpc = free[2]};
    m_node.url = loopbackUrl(m_ports.http);
    if (m_node.role != Role::Flipt)
        m_node.adminUrl = loopbackUrl(m_ports.admin);
}

void ManagedNode::launch()
{
    m_node.error.reset();
    setState(NodeState::Starting);
    m_probe.start(m_ports.http, m_node.role == Role::Flipt ? ReadinessProbe::Question::Health
                                                           : ReadinessProbe::Question::Query);
    m_process.start(m_describe(m_ports));
}

void ManagedNode::stop()
{
    if (!isActive() || m_node.state == NodeState::Stopping)
        return;
    m_probe.stop();
    if (!m_process.isRunning()) { // about to be launched again on other ports
        setState(NodeState::Stopped);
        emit stopped();
        return;
    }
    setState(NodeState::Stopping);
    m_process.stop();
}

void ManagedNode::restart()
{
    if (!isActive())
        return start();
    m_restart = true;
    stop();
}

void ManagedNode::kill()
{
    if (!m_process.isRunning())
        return;
    m_probe.stop();
    setState(NodeState::Stopping);
    m_process.kill();
}

void ManagedNode::pause()
{
    if (m_node.state != NodeState::Ready)
        return;
    m_process.pause();
    setState(NodeState::Paused);
}

void ManagedNode::resume()
{
    m_process.resume();
    if (m_node.state == NodeState::Paused)
        setState(NodeState::Ready);
}

void ManagedNode::stopAndWait()
{
    m_probe.stop();
    m_process.stopAndWait();
}

void ManagedNode::onStarted()
{
    m_node.processId = m_process.processId();
    emit changed();
}

void ManagedNode::onAnswered()
{
    setState(NodeState::Ready);
    emit ready(m_moved);
}

void ManagedNode::onMissed()
{
    if (m_node.error || m_probe.elapsedMilliseconds() < m_readyMilliseconds)
        return;
    m_node.error =
        Error{.kind = Error::Kind::Network,
              .step = u"starting %1"_qs.arg(m_node.name),
              .detail = u"no answer within %1 s; its log: %2"_qs.arg(m_readyMilliseconds / 1000)
                            .arg(m_node.logFile)};
    emit changed();
    emit late();
}

void ManagedNode::onEnded(const QString &description)
{
    m_probe.stop();
    m_node.processId = 0;
    if (m_node.state == NodeState::Stopping) {
        setState(NodeState::Stopped);
        if (std::exchange(m_restart, false))
            start();
        else
            emit stopped();
        return;
    }
    // sqld does not say which of its ports it was, so all are chosen again.
    if (m_attempts < portAttempts
        && m_process.lastOutput(40).contains(u"address already in use"_qs, Qt::CaseInsensitive)) {
        ++m_attempts;
        m_moved = true;
        choosePorts();
        emit changed();
        QTimer::singleShot(0, this, [this] { // not from within a signal of the process
            if (m_node.state == NodeState::Starting)
                launch();
        });
        return;
    }
    m_node.error = Error{.kind = Error::Kind::Network,
                         .step = u"running %1"_qs.arg(m_node.name),
                         .detail = u"it %1; its log: %2\n%3"_qs.arg(description, m_node.logFile,
                                                                    m_process.lastOutput(5))};
    setState(NodeState::Failed);
    emit failed();
}

void ManagedNode::setState(NodeState state)
{
    m_node.state = state;
    emit changed();
}

} // namespace edgewise::lab
