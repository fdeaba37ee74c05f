// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <lab/lab.h>

#include <QAbstractTableModel>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::labpage {

/// The processes of a lab: a row each, primary first.
class ProcessModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { NameColumn, StateColumn, AddressColumn, ProcessColumn, DataColumn, ColumnCount };
    enum Role { NameRole = Qt::UserRole }; ///< QString, unique

    ProcessModel(const theme::Appearance &appearance, QObject *parent = nullptr);

    /// The lab must outlive the model; null empties it.
    void setLab(lab::Lab *lab);
    const lab::Node &node(int row) const { return m_nodes[row]; }
    int rowOf(const QString &name) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    void reload();
    void take(const lab::Node &node);
    QString text(const lab::Node &node, int column) const;

    const theme::Appearance &m_appearance;
    lab::Lab *m_lab = nullptr;
    QList<lab::Node> m_nodes;
};

/// "ready", "paused" …: the state as a word for people.
QString stateWord(lab::NodeState state);

} // namespace edgewise::labpage
