// SPDX-License-Identifier: GPL-3.0-or-later
#include <lab/processmodel.h>
#include <theme/appearance.h>

#include <QDir>

namespace edgewise::labpage {

using namespace Qt::StringLiterals;
using lab::Node;
using lab::NodeState;

namespace {

theme::State looksOf(NodeState state)
{
    switch (state) {
    case NodeState::Ready:
        return theme::State::Ok;
    case NodeState::Starting:
    case NodeState::Stopping:
        return theme::State::Warn;
    case NodeState::Paused:
        return theme::State::Late;
    case NodeState::Failed:
        return theme::State::Bad;
    case NodeState::Stopped:
        return theme::State::Off;
    }
    Q_UNREACHABLE();
}

} // namespace

QString stateWord(NodeState state)
{
    switch (state) {
    case NodeState::Ready:
        return ProcessModel::tr("ready");
    case NodeState::Starting:
        return ProcessModel::tr("starting");
    case NodeState::Stopping:
        return ProcessModel::tr("stopping");
    case NodeState::Paused:
        return ProcessModel::tr("paused");
    case NodeState::Failed:
        return ProcessModel::tr("failed");
    case NodeState::Stopped:
        return ProcessModel::tr("stopped");
    }
    Q_UNREACHABLE();
}

ProcessModel::ProcessModel(const theme::Appearance &appearance, QObject *parent)
    : QAbstractTableModel(parent), m_appearance(appearance)
{
}

void ProcessModel::setLab(lab::Lab *lab)
{
    if (m_lab)
        m_lab->disconnect(this);
    m_lab = lab;
    if (m_lab) {
        connect(m_lab, &lab::Lab::nodeAdded, this, &ProcessModel::reload);
        connect(m_lab, &lab::Lab::nodeRemoved, this, &ProcessModel::reload);
        connect(m_lab, &lab::Lab::nodeChanged, this, &ProcessModel::take);
    }
    reload();
}

void ProcessModel::reload()
{
    const QList<Node> nodes = m_lab ? m_lab->nodes() : QList<Node>();
    // One process more or less moves no other: whoever has chosen a row keeps it.
    for (int row = int(m_nodes.size()) - 1; row >= 0; --row) {
        const bool stays = std::any_of(nodes.begin(), nodes.end(), [&](const Node &node) {
            return node.name == m_nodes[row].name;
        });
        if (stays)
            continue;
        beginRemoveRows({}, row, row);
        m_nodes.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < nodes.size(); ++row) {
        if (row < m_nodes.size() && m_nodes[row].name == nodes[row].name)
            continue;
        beginInsertRows({}, row, row);
        m_nodes.insert(row, nodes[row]);
        endInsertRows();
    }
}

void ProcessModel::take(const Node &node)
{
    const int row = rowOf(node.name);
    if (row < 0)
        return;
    m_nodes[row] = node;
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

int ProcessModel::rowOf(const QString &name) const
{
    for (int row = 0; row < m_nodes.size(); ++row) {
        if (m_nodes[row].name == name)
            return row;
    }
    return -1;
}

int ProcessModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_nodes.size());
}

int ProcessModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString ProcessModel::text(const Node &node, int column) const
{
    const QString unknown = u"—"_qs;
    switch (column) {
    case NameColumn:
        return node.name;
    case StateColumn:
        return stateWord(node.state);
    case AddressColumn:
        return node.url.isEmpty() ? unknown : node.url.toString();
    case ProcessColumn:
        return node.processId == 0 ? unknown : QString::number(node.processId);
    case DataColumn:
        return node.dataDirectory.isEmpty() ? tr("reads %1").arg(node.database)
                                            : QDir::toNativeSeparators(node.dataDirectory);
    default:
        return {};
    }
}

QVariant ProcessModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node &node = m_nodes[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return text(node, index.column());
    case Qt::ToolTipRole:
        return node.error ? node.error->detail : text(node, index.column());
    case Qt::DecorationRole:
        return index.column() == StateColumn ? m_appearance.stateIcon(looksOf(node.state))
                                             : QVariant();
    case NameRole:
        return node.name;
    default:
        return {};
    }
}

QVariant ProcessModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Process");
    case StateColumn:
        return tr("State");
    case AddressColumn:
        return tr("Address");
    case ProcessColumn:
        return tr("Process id");
    case DataColumn:
        return tr("Data");
    default:
        return {};
    }
}

} // namespace edgewise::labpage
