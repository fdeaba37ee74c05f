// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/state.h>

#include <QWidget>

class QHBoxLayout;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class StateChip;
}

namespace edgewise::window {

/// A node as its chip shows it.
struct NodeStatus {
    QString name; ///< identifies the chip
    theme::State state = theme::State::Off;
    QString figures; ///< "1,042 · 3 ms"; "—" when nothing is known
    QString word;    ///< "in sync"
    QString why;     ///< the evidence, for the tool tip
};

/// A chip for each node, in the status bar.
class NodeStrip : public QWidget {
    Q_OBJECT

public:
    explicit NodeStrip(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// Chips of nodes that stay are kept, so that nothing jumps while figures change.
    void setNodes(const QList<NodeStatus> &nodes);

signals:
    void nodeClicked(const QString &name);

private:
    const theme::Appearance &m_appearance;
    QHBoxLayout *m_line;
    QList<QPair<QString, widgets::StateChip *>> m_chips;
};

} // namespace edgewise::window
