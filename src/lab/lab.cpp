// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/lab.h"

#include "lab/directorylock.h"
#include "lab/managednode.h"
#include "lab/processlist.h"

#include <base/logging.h>

#include <QDateTime>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

namespace edgewise::lab {

using namespace Qt::StringLiterals;

namespace {

constexpr int maximumReplicas = 40;
constexpr int leftoverMilliseconds = 5000;

QString dataHome()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/edgewise/"_qs;
}

QJsonObject nodeJson(const Node &node)
{
    if (node.role == Role::Flipt)
        return {{u"url"_qs, node.url.toString()}, {u"pid"_qs, node.processId}};
    return {{u"url"_qs, node.url.toString()},
            {u"admin"_qs, node.adminUrl.toString()},
            {u"pid"_qs, node.processId},
            {u"data"_qs, node.dataDirectory}};
}

} // namespace

QString newLabDirectory()
{
    const QString stem =
        dataHome() + u"labs/"_qs + QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_qs);
    QString directory = stem;
    for (int i = 2; QFileInfo::exists(directory); ++i)
        directory = u"%1-%2"_qs.arg(stem).arg(i);
    return directory;
}

Lab::Lab(LabOptions options, QObject *parent) : QObject(parent), m_options(std::move(options))
{
    if (m_options.directory.isEmpty())
        m_options.directory = dataHome() + u"lab"_qs;
    m_options.directory = QDir::cleanPath(QDir(m_options.directory).absolutePath());
    m_options.replicas = std::clamp(m_options.replicas, 0, maximumReplicas);
    m_leftoverTimer.setInterval(20);
    connect(&m_leftoverTimer, &QTimer::timeout, this, &Lab::endLeftovers);
}

Lab::~Lab()
{
    // Flipts and replicas before the primary that they follow.
    for (auto it = m_nodes.rbegin(); it != m_nodes.rend(); ++it) {
        (*it)->disconnect(this);
        (*it)->stopAndWait();
    }
    if (m_lock)
        removeProcessList(m_options.directory);
}

void Lab::start()
{
    if (m_state != State::Stopped && m_state != State::Failed)
        return;
    m_failure.reset();
    m_removing.clear();
    m_wiping.clear();
    while (!m_nodes.empty()) {
        const QString name = m_nodes.back()->node().name;
        m_nodes.pop_back();
        emit nodeRemoved(name);
    }
    setState(State::Starting);
    const Result<QString> sqld = findSqld(m_options.sqld);
    if (!sqld)
        return fail(sqld.error());
    m_sqld = *sqld;
    Result<std::unique_ptr<DirectoryLock>> lock = DirectoryLock::take(m_options.directory);
    if (!lock)
        return fail(lock.error());
    m_lock = std::move(*lock);

    addNode(Role::Primary, u"primary"_qs);
    for (int i = 1; i <= m_options.replicas; ++i)
        addNode(Role::Replica, u"replica-%1"_qs.arg(i));
    if (!m_options.flipt.isEmpty()) {
        for (const Node &node : nodes())
            addNode(Role::Flipt, u"flipt-"_qs + node.name, node.name);
    }
    m_leftoverTime.start();
    endLeftovers();
}

void Lab::endLeftovers()
{
    // A child of a lab that was killed has its SIGTERM already, but may need a moment to go.
    const QList<ProcessIdentity> leftovers = runningProcesses(m_options.directory);
    if (leftovers.isEmpty()) {
        m_leftoverTimer.stop();
        advance();
        return;
    }
    if (!m_leftoverTimer.isActive())
        qCInfo(logLab) << "Ending" << leftovers.size() << "processes of an earlier lab in"
                       << m_options.directory;
    for (const ProcessIdentity &process : leftovers)
        endProcess(process, m_leftoverTime.elapsed() > leftoverMilliseconds);
    m_leftoverTimer.start();
}

void Lab::stop()
{
    if (m_state != State::Starting && m_state != State::Ready)
        return;
    m_leftoverTimer.stop();
    setState(State::Stopping);
    stopNext();
}

void Lab::stopNext()
{
    // Flipts, then replicas, then the primary: nobody loses what it follows.
    for (const Role role : {Role::Flipt, Role::Replica, Role::Primary}) {
        // stop() may end a node at once, and so come back here.
        for (const auto &node : m_nodes) {
            if (node->node().role == role)
                node->stop();
        }
        for (const auto &node : m_nodes) {
            if (node->node().role == role && node->isActive())
                return;
        }
    }
    // Later, since this may be the slot of a node's signal, and who hears stopped() may start anew.
    QTimer::singleShot(0, this, &Lab::finishStop);
}

void Lab::finishStop()
{
    if (m_state != State::Stopping)
        return;
    if (m_lock)
        removeProcessList(m_options.directory);
    m_lock.reset();
    if (m_failure) {
        setState(State::Failed);
        emit failed(*m_failure);
    } else {
        setState(State::Stopped);
        emit stopped();
    }
}

void Lab::fail(const Error &error)
{
    m_failure = error;
    setState(State::Stopping);
    stopNext();
}

ManagedNode *Lab::find(const QString &name) const
{
    const auto it = std::find_if(m_nodes.begin(), m_nodes.end(),
                                 [&](const auto &node) { return node->node().name == name; });
    return it == m_nodes.end() ? nullptr : it->get();
}

ManagedNode *Lab::findReady(const QString &name) const
{
    return m_state == State::Ready ? find(name) : nullptr;
}

ManagedNode *Lab::addNode(Role role, const QString &name, const QString &database)
{
    Node value;
    value.name = name;
    value.role = role;
    value.database = database;
    value.logFile = u"%1/logs/%2.log"_qs.arg(m_options.directory, name);
    if (role != Role::Flipt)
        value.dataDirectory = m_options.directory + u'/' + name;
    auto owned = std::make_unique<ManagedNode>(
        value, [this, value](const Ports &ports) { return describe(value, ports); },
        m_options.readyMilliseconds);
    ManagedNode *node = owned.get();
    connect(node, &ManagedNode::changed, this, [this, node] {
        saveChildren();
        emit nodeChanged(node->node());
    });
    connect(node, &ManagedNode::ready, this, [this, node](bool moved) { onReady(*node, moved); });
    connect(node, &ManagedNode::stopped, this, [this, node] { onStopped(*node); });
    const auto failStart = [this, node] {
        if (m_state == State::Starting)
            fail(*node->node().error);
        else if (m_state == State::Stopping)
            stopNext();
    };
    connect(node, &ManagedNode::failed, this, failStart);
    connect(node, &ManagedNode::late, this, failStart);
    m_nodes.push_back(std::move(owned));
    emit nodeAdded(name);
    return node;
}

ProcessDescription Lab::describe(const Node &node, const Ports &ports) const
{
    QDir().mkpath(m_options.directory + u"/logs"_qs);
    ProcessDescription description{.program = m_sqld,
                                   .arguments = {},
                                   .environment = {},
                                   .directory = m_options.directory,
                                   .logFile = node.logFile};
    if (node.role == Role::Flipt) {
        const ManagedNode *database = find(node.database);
        Q_ASSERT(database);
        description.program = m_options.flipt;
        description.environment = fliptEnvironment(database->node().url.toString(), ports,
                                                   m_options.directory + u'/' + node.name);
    } else {
        const quint16 primaryGrpc =
            node.role == Role::Replica ? find(u"primary"_qs)->ports().grpc : 0;
        description.arguments = sqldArguments(node.dataDirectory, ports, primaryGrpc);
    }
    return description;
}

/// True when all nodes of the role have answered.
bool Lab::startAll(Role role)
{
    bool all = true;
    for (const auto &node : m_nodes) {
        if (node->node().role != role)
            continue;
        node->start();
        if (m_state != State::Starting)
            return false;
        all = all && node->node().state == NodeState::Ready;
        // The first Flipt makes its tables in an empty database; another one beside it would make
        // them too, and end (Flipt: internal/storage/sql/migrator.go).
        if (role == Role::Flipt && !all)
            return false;
    }
    return all;
}

void Lab::advance()
{
    for (const Role role : {Role::Primary, Role::Replica, Role::Flipt}) {
        if (m_state != State::Starting || !startAll(role))
            return;
    }
    setState(State::Ready);
    emit ready();
}

void Lab::onReady(ManagedNode &node, bool moved)
{
    if (m_state == State::Starting)
        return advance();
    startFlipts(node.node().name);
    // Whoever reads a node that came back on another port has to be told the new one.
    if (!moved || m_state != State::Ready)
        return;
    for (const auto &other : m_nodes) {
        const bool follows =
            node.node().role == Role::Primary && other->node().role == Role::Replica;
        if ((follows || other->node().database == node.node().name) && other->isActive())
            other->restart();
    }
}

/// A Flipt that came with a replica was waiting for it.
void Lab::startFlipts(const QString &database)
{
    for (const auto &node : m_nodes) {
        const bool isNew = node->node().state == NodeState::Stopped && node->ports().http == 0;
        if (m_state == State::Ready && isNew && node->node().database == database)
            node->start();
    }
}

void Lab::onStopped(ManagedNode &node)
{
    if (m_wiping.remove(node.node().name) && m_state == State::Ready)
        wipe(node);
    if (m_removing.remove(node.node().name)) {
        const Node gone = node.node();
        const auto it = std::find_if(m_nodes.begin(), m_nodes.end(),
                                     [&](const auto &other) { return other.get() == &node; });
        it->release()->deleteLater(); // it is the caller
        m_nodes.erase(it);
        if (!gone.dataDirectory.isEmpty()) // a Flipt has none, and an empty path is where we are
            QDir(gone.dataDirectory).removeRecursively();
        emit nodeRemoved(gone.name);
    }
    if (m_state == State::Stopping)
        stopNext();
}

void Lab::startNode(const QString &name)
{
    if (ManagedNode *node = findReady(name))
        node->start();
}

void Lab::stopNode(const QString &name)
{
    if (ManagedNode *node = findReady(name))
        node->stop();
}

void Lab::restartNode(const QString &name)
{
    if (ManagedNode *node = findReady(name))
        node->restart();
}

void Lab::pauseNode(const QString &name)
{
    if (ManagedNode *node = findReady(name))
        node->pause();
}

void Lab::resumeNode(const QString &name)
{
    if (ManagedNode *node = findReady(name))
        node->resume();
}

void Lab::killPrimary()
{
    if (ManagedNode *node = findReady(u"primary"_qs))
        node->kill();
}

QString Lab::addReplica()
{
    if (m_state != State::Ready)
        return {};
    int number = 1;
    while (find(u"replica-%1"_qs.arg(number)))
        ++number;
    if (number > maximumReplicas)
        return {};
    ManagedNode *node = addNode(Role::Replica, u"replica-%1"_qs.arg(number));
    if (!m_options.flipt.isEmpty())
        addNode(Role::Flipt, u"flipt-"_qs + node->node().name, node->node().name);
    node->start();
    return node->node().name;
}

void Lab::removeReplica(const QString &name)
{
    ManagedNode *node = findReady(name);
    if (!node || node->node().role != Role::Replica || m_removing.contains(name))
        return;
    QList<ManagedNode *> going{node};
    for (const auto &other : m_nodes) {
        if (other->node().database == name)
            going.prepend(other.get()); // before what it reads
    }
    for (ManagedNode *gone : std::as_const(going))
        remove(*gone);
}

void Lab::remove(ManagedNode &node)
{
    m_removing.insert(node.node().name);
    if (node.isActive())
        node.stop();
    else
        onStopped(node);
}

void Lab::wipeReplica(const QString &name)
{
    ManagedNode *node = findReady(name);
    if (!node || node->node().role != Role::Replica || m_removing.contains(name))
        return;
    if (!node->isActive())
        return wipe(*node);
    m_wiping.insert(name);
    node->stop();
}

void Lab::wipe(ManagedNode &node)
{
    QDir(node.node().dataDirectory).removeRecursively();
    node.start();
}

QList<Node> Lab::nodes() const
{
    QList<Node> list;
    for (const Role role : {Role::Primary, Role::Replica, Role::Flipt}) {
        for (const auto &node : m_nodes) {
            if (node->node().role == role)
                list.append(node->node());
        }
    }
    return list;
}

QByteArray Lab::topologyJson() const
{
    QJsonObject topology;
    QJsonArray replicas;
    QJsonArray flipts;
    for (const Node &node : nodes()) {
        QJsonObject object = nodeJson(node);
        if (node.role == Role::Primary) {
            topology[u"primary"_qs] = object;
        } else if (node.role == Role::Replica) {
            replicas.append(object);
        } else {
            object[u"node"_qs] = find(node.database)->node().url.toString();
            flipts.append(object);
        }
    }
    topology[u"replicas"_qs] = replicas;
    topology[u"flipts"_qs] = flipts;
    return QJsonDocument(topology).toJson(QJsonDocument::Compact);
}

void Lab::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

void Lab::saveChildren() const
{
    QList<ProcessIdentity> children;
    for (const auto &node : m_nodes) {
        if (const auto identity = identify(node->node().processId))
            children.append(*identity);
    }
    saveProcessList(m_options.directory, children);
}

} // namespace edgewise::lab
