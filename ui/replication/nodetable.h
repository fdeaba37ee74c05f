// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/nodetablemodel.h>

#include <QIdentityProxyModel>
#include <QTableView>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::replicationpage {

/// Gives each node the icon and the colour of its state.
class NodeLooks : public QIdentityProxyModel {
    Q_OBJECT

public:
    NodeLooks(const theme::Appearance &appearance, QObject *parent = nullptr);

    QVariant data(const QModelIndex &index, int role) const override;

private:
    const theme::Appearance &m_appearance;
};

/// The nodes with their states and figures.
class NodeTable : public QTableView {
    Q_OBJECT

public:
    NodeTable(const theme::Appearance &appearance, models::NodeTableModel &model,
              QWidget *parent = nullptr);

    QSize sizeHint() const override;

signals:
    /// Activated by a double click or Enter.
    void nodeChosen(const QString &text);
};

} // namespace edgewise::replicationpage
