// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/statechip.h>
#include <window/nodestrip.h>

namespace edgewise::window {

using namespace Qt::StringLiterals;

NodeStrip::NodeStrip(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_line(new QHBoxLayout(this))
{
    setObjectName(u"nodeStrip"_qs);
    m_line->setContentsMargins(theme::metrics::inside, 0, theme::metrics::inside, 0);
    m_line->setSpacing(theme::metrics::inside);
    m_line->addStretch();
    // Forty replicas must not widen the window: what does not fit is cut off at the right.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setMinimumHeight(theme::metrics::row);
}

void NodeStrip::setNodes(const QList<NodeStatus> &nodes)
{
    QStringList wanted;
    for (const NodeStatus &node : nodes)
        wanted.append(node.name);
    QStringList present;
    for (const auto &chip : std::as_const(m_chips))
        present.append(chip.first);
    if (wanted != present) {
        for (const auto &chip : std::as_const(m_chips))
            delete chip.second;
        m_chips.clear();
        for (const QString &name : std::as_const(wanted)) {
            auto *chip = new widgets::StateChip(m_appearance, this);
            chip->setObjectName(u"node_"_qs + name);
            connect(chip, &widgets::StateChip::clicked, this,
                    [this, name] { emit nodeClicked(name); });
            m_line->insertWidget(m_line->count() - 1, chip);
            m_chips.append({name, chip});
        }
    }
    for (qsizetype i = 0; i < nodes.size(); ++i)
        m_chips[i].second->setState(nodes[i].state, nodes[i].name + u"  "_qs + nodes[i].figures,
                                    nodes[i].word, nodes[i].why);
}

} // namespace edgewise::window
