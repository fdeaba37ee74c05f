// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/nodetablemodel.h>
#include <theme/state.h>

#include <QWidget>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::replicationpage {

/// A Flipt in front of a node, as it is drawn.
struct TopologyFlipt {
    QString name;
    QString node; ///< the node's text; empty: not known, drawn beside the primary
    theme::State state = theme::State::Off;
    QString word; ///< the state for people
    friend bool operator==(const TopologyFlipt &, const TopologyFlipt &) = default;
};

/// The primary, its replicas below it on edges that carry their lag, the Flipts in front of each.
/// A node is chosen by a click, or by the arrow keys and Enter. NodeTable shows the same as a
/// table.
class TopologyView : public QWidget {
    Q_OBJECT

public:
    /// `model` must outlive the view.
    TopologyView(const theme::Appearance &appearance, models::NodeTableModel &model,
                 QWidget *parent = nullptr);

    void setFlipts(const QList<TopologyFlipt> &flipts);
    /// Where the node of that row is drawn.
    QRect nodeRect(int row) const;
    int currentRow() const { return m_current; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    /// By a click, or by Enter.
    void nodeChosen(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    void drawEdge(QPainter &painter, int row) const;
    void drawNode(QPainter &painter, int row) const;
    void drawFlipts(QPainter &painter, int row) const;
    QList<TopologyFlipt> fliptsOf(int row) const;
    theme::State stateOf(int row) const;
    QString lagText(int row) const;
    QString detailText(int row) const;
    int rowAt(const QPoint &position) const;
    int edgeWidth() const;
    int nodeWidth() const;
    void choose(int row);
    void describe();

    const theme::Appearance &m_appearance;
    models::NodeTableModel &m_model;
    QList<TopologyFlipt> m_flipts;
    int m_current = 0;
    int m_hovered = -1;
};

} // namespace edgewise::replicationpage
