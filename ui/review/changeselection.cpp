// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/fields.h>
#include <models/changetreemodel.h>
#include <review/changeselection.h>

namespace edgewise::reviewpage {

using namespace Qt::StringLiterals;
using changes::Address;
using changes::Change;
using changes::ObjectKind;
using models::ChangeTreeModel;

namespace {

/// Keys hold no line breaks, so that no two objects share an identity.
QString identityOf(ObjectKind kind, const QString &nameSpace, const QString &owner,
                   const QString &id)
{
    return QStringList{QString::number(static_cast<int>(kind)), nameSpace, owner, id}.join(u'\n');
}

QString identityOf(const QModelIndex &index)
{
    return identityOf(static_cast<ObjectKind>(index.data(ChangeTreeModel::ObjectKindRole).toInt()),
                      index.data(ChangeTreeModel::NamespaceRole).toString(),
                      index.data(ChangeTreeModel::OwnerRole).toString(),
                      index.data(ChangeTreeModel::IdRole).toString());
}

QString identityOf(const Address &address)
{
    return identityOf(address.kind, address.nameSpace.text(), address.owner, address.id);
}

} // namespace

ChangeSelection::ChangeSelection(QObject *parent) : QIdentityProxyModel(parent) {}

void ChangeSelection::setSourceModel(QAbstractItemModel *model)
{
    QIdentityProxyModel::setSourceModel(model);
    connect(this, &QAbstractItemModel::modelReset, this, &ChangeSelection::forgetGone);
}

changes::ChangeSet ChangeSelection::chosen(const changes::ChangeSet &all) const
{
    if (isAll())
        return all;
    const auto isLeft = [this](const Change &change) {
        for (std::optional<Address> address = change.address; address;
             address = changes::parentOf(*address)) {
            // A namespace holds its flags, but it is listed beside them.
            const bool own = *address == change.address || address->kind != ObjectKind::Namespace;
            if (own && m_left.contains(identityOf(*address)))
                return true;
        }
        return false;
    };
    changes::ChangeSet part;
    for (const Change &change : all.changes)
        if (!isLeft(change))
            part.changes.push_back(change);
    return part;
}

int ChangeSelection::chosenCount() const
{
    int count = 0;
    for (int row = 0; row < rowCount(); ++row)
        if (stateOf(index(row, 0)) != Qt::Unchecked)
            ++count;
    return count;
}

void ChangeSelection::chooseAll()
{
    if (isAll())
        return;
    m_left.clear();
    emit dataChanged(index(0, 0), index(rowCount() - 1, 0), {Qt::CheckStateRole});
    emit selectionChanged();
}

bool ChangeSelection::isCheckable(const QModelIndex &index) const
{
    using Node = ChangeTreeModel::Node;
    if (index.column() != 0
        || static_cast<Node>(index.data(ChangeTreeModel::NodeRole).toInt()) != Node::Object)
        return false;
    const QModelIndex parent = index.parent();
    return !parent.isValid()
           || static_cast<Change::Kind>(parent.data(ChangeTreeModel::ChangeRole).toInt())
                  == Change::Kind::Modify;
}

Qt::CheckState ChangeSelection::stateOf(const QModelIndex &index) const
{
    if (m_left.contains(identityOf(index))
        || (index.parent().isValid() && m_left.contains(identityOf(index.parent()))))
        return Qt::Unchecked;
    for (int row = 0; row < rowCount(index); ++row) {
        const QModelIndex child = this->index(row, 0, index);
        if (isCheckable(child) && m_left.contains(identityOf(child)))
            return Qt::PartiallyChecked;
    }
    return Qt::Checked;
}

QVariant ChangeSelection::data(const QModelIndex &index, int role) const
{
    if (role == Qt::CheckStateRole && isCheckable(index))
        return stateOf(index);
    return QIdentityProxyModel::data(index, role);
}

Qt::ItemFlags ChangeSelection::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QIdentityProxyModel::flags(index);
    return isCheckable(index) ? flags | Qt::ItemIsUserCheckable : flags;
}

bool ChangeSelection::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !isCheckable(index))
        return false;
    const QModelIndex parent = index.parent();
    if (value.toInt() == Qt::Unchecked) {
        m_left.insert(identityOf(index));
    } else {
        m_left.remove(identityOf(index));
        for (int row = 0; row < rowCount(index); ++row)
            m_left.remove(identityOf(this->index(row, 0, index)));
        // A part comes without its siblings that were left out with the whole.
        if (parent.isValid() && m_left.remove(identityOf(parent)))
            for (int row = 0; row < rowCount(parent); ++row)
                if (const QModelIndex sibling = this->index(row, 0, parent);
                    row != index.row() && isCheckable(sibling))
                    m_left.insert(identityOf(sibling));
    }
    const QModelIndex top = parent.isValid() ? parent : index;
    emit dataChanged(top, top, {Qt::CheckStateRole});
    if (rowCount(top) > 0)
        emit dataChanged(this->index(0, 0, top), this->index(rowCount(top) - 1, 0, top),
                         {Qt::CheckStateRole});
    emit selectionChanged();
    return true;
}

void ChangeSelection::forgetGone()
{
    if (m_left.isEmpty())
        return;
    QSet<QString> present;
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex object = index(row, 0);
        present.insert(identityOf(object));
        for (int part = 0; part < rowCount(object); ++part)
            present.insert(identityOf(index(part, 0, object)));
    }
    m_left.intersect(present);
}

} // namespace edgewise::reviewpage
