// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

#include <QIdentityProxyModel>
#include <QSet>

namespace edgewise::reviewpage {

/// Which of the changes shall be saved: over a ChangeTreeModel, whose flags, segments and
/// namespaces get a check box, and so do the parts of those that are neither new nor removed.
/// All are chosen at first, and what is new in the draft.
class ChangeSelection : public QIdentityProxyModel {
    Q_OBJECT

public:
    explicit ChangeSelection(QObject *parent = nullptr);

    void setSourceModel(QAbstractItemModel *model) override;

    bool isAll() const { return m_left.isEmpty(); }
    /// Those of the changes that are chosen, in their order. What belongs to an object that is left
    /// out is left out with it.
    changes::ChangeSet chosen(const changes::ChangeSet &all) const;
    /// How many flags, segments and namespaces are chosen, in part or whole.
    int chosenCount() const;
    void chooseAll();

    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void selectionChanged();

private:
    bool isCheckable(const QModelIndex &index) const;
    Qt::CheckState stateOf(const QModelIndex &index) const;
    void forgetGone();

    QSet<QString> m_left; ///< identities of objects that are left out
};

} // namespace edgewise::reviewpage
