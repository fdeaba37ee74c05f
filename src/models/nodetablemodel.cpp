// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/nodetablemodel.h"

#include <QLocale>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using replication::State;

namespace {

const QString unknownFigure = u"—"_qs;

template <typename T>
QVariant optionalValue(const std::optional<T> &value)
{
    return value ? QVariant::fromValue(*value) : QVariant();
}

} // namespace

QString stateWord(State state)
{
    switch (state) {
    case State::Primary:
        return NodeTableModel::tr("primary");
    case State::InSync:
        return NodeTableModel::tr("in sync");
    case State::CatchingUp:
        return NodeTableModel::tr("catching up");
    case State::Stalled:
        return NodeTableModel::tr("stalled");
    case State::Diverged:
        return NodeTableModel::tr("diverged");
    case State::Foreign:
        return NodeTableModel::tr("other primary");
    case State::Unreachable:
        return NodeTableModel::tr("unreachable");
    }
    Q_UNREACHABLE();
}

QString framesText(quint64 frames)
{
    return frames == 1 ? NodeTableModel::tr("1 frame")
                       : NodeTableModel::tr("%1 frames").arg(QLocale().toString(frames));
}

QString outcomesSentence(const QString &name, const OutcomeShare &share)
{
    const QLocale locale;
    if (share.moved == 0)
        return NodeTableModel::tr("All of %1 users get the same answers on %2.")
            .arg(locale.toString(share.users), name);
    return NodeTableModel::tr("%1 of %2 users get another answer on %3 now.")
        .arg(locale.toString(share.moved), locale.toString(share.users), name);
}

NodeTableModel::NodeTableModel(QObject *parent) : QAbstractTableModel(parent) {}

void NodeTableModel::setNodes(const QList<Node> &nodes)
{
    beginResetModel();
    m_nodes = nodes;
    m_samples = QList<std::optional<replication::NodeSample>>(nodes.size());
    m_outcomes = QList<std::optional<OutcomeShare>>(nodes.size());
    endResetModel();
}

void NodeTableModel::take(const replication::NodeSample &sample)
{
    for (int row = 0; row < m_nodes.size(); ++row) {
        if (m_nodes[row].text != sample.node)
            continue;
        m_samples[row] = sample;
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void NodeTableModel::setOutcomes(const QString &node, const std::optional<OutcomeShare> &share)
{
    for (int row = 0; row < m_nodes.size(); ++row) {
        if (m_nodes[row].text != node || m_outcomes[row] == share)
            continue;
        m_outcomes[row] = share;
        emit dataChanged(index(row, OutcomesColumn), index(row, OutcomesColumn));
    }
}

std::optional<replication::NodeSample> NodeTableModel::sample(int row) const
{
    return m_samples.value(row);
}

int NodeTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_nodes.size());
}

int NodeTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString NodeTableModel::text(const replication::NodeSample &sample, int column) const
{
    const replication::Judgement &judgement = sample.judgement;
    const bool isPrimary = sample.role == replication::Role::Primary;
    switch (column) {
    case StateColumn:
        return stateWord(judgement.state);
    case FrameColumn:
        return sample.index ? QLocale().toString(*sample.index) : unknownFigure;
    case FramesBehindColumn:
        if (isPrimary)
            return {};
        return judgement.framesBehind ? framesText(*judgement.framesBehind) : unknownFigure;
    case BehindColumn:
        if (isPrimary)
            return {};
        return judgement.nanosecondsBehind
                   ? replication::durationInWords(*judgement.nanosecondsBehind)
                   : unknownFigure;
    case RoundTripColumn:
        return sample.roundTripNanoseconds
                   ? replication::durationInWords(*sample.roundTripNanoseconds)
                   : unknownFigure;
    default:
        return {};
    }
}

QVariant NodeTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node &node = m_nodes[index.row()];
    const std::optional<replication::NodeSample> &sample = m_samples[index.row()];
    if (role == NodeRole)
        return node.text;
    if (role == Qt::DisplayRole && index.column() == NodeColumn)
        return node.name;
    if (index.column() == OutcomesColumn && (role == Qt::DisplayRole || role == Qt::ToolTipRole)) {
        const std::optional<OutcomeShare> &share = m_outcomes[index.row()];
        if (node.role == replication::Role::Primary)
            return QString();
        if (!share)
            return role == Qt::DisplayRole ? unknownFigure : tr("Not known yet");
        return role == Qt::DisplayRole
                   ? tr("%1 of %2")
                         .arg(QLocale().toString(share->moved), QLocale().toString(share->users))
                   : outcomesSentence(node.name, *share);
    }
    if (role == Qt::TextAlignmentRole)
        return int(index.column() >= FrameColumn ? Qt::AlignRight | Qt::AlignVCenter
                                                 : Qt::AlignLeft | Qt::AlignVCenter);
    if (!sample) {
        if (role == Qt::ToolTipRole)
            return tr("%1: not asked yet").arg(node.text);
        return role == Qt::DisplayRole ? QVariant(unknownFigure) : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return text(*sample, index.column());
    case Qt::ToolTipRole:
        return u"%1: %2"_qs.arg(node.text, sample->judgement.why);
    case StateRole:
        return int(sample->judgement.state);
    case WhyRole:
        return sample->judgement.why;
    case FrameRole:
        return optionalValue(sample->index);
    case FramesBehindRole:
        return optionalValue(sample->judgement.framesBehind);
    case BehindRole:
        return optionalValue(sample->judgement.nanosecondsBehind);
    case RoundTripRole:
        return optionalValue(sample->roundTripNanoseconds);
    default:
        return {};
    }
}

QVariant NodeTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section >= FrameColumn ? Qt::AlignRight | Qt::AlignVCenter
                                          : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NodeColumn:
        return tr("Node");
    case StateColumn:
        return tr("State");
    case FrameColumn:
        return tr("Frame");
    case FramesBehindColumn:
        return tr("Behind");
    case BehindColumn:
        return tr("Lag");
    case OutcomesColumn:
        return tr("Other answers");
    case RoundTripColumn:
        return tr("Round trip");
    default:
        return {};
    }
}

QHash<int, QByteArray> NodeTableModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{StateRole, "state"},
                  {WhyRole, "why"},
                  {NodeRole, "node"},
                  {FrameRole, "frame"},
                  {FramesBehindRole, "framesBehind"},
                  {BehindRole, "behind"},
                  {RoundTripRole, "roundTrip"}});
    return names;
}

} // namespace edgewise::models
