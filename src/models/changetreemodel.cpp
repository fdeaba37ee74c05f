// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changetreemodel.h"

#include <changes/fields.h>
#include <changes/naming.h>
#include <changes/text.h>

#include <algorithm>
#include <map>

namespace edgewise::models {

using namespace changes;

struct ChangeTreeModel::Item {
    Item *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Item>> children;

    Node node = Node::Object;
    Change::Kind kind = Change::Kind::Modify;
    Address address;
    Field field = Field::Name;
    QString what;
    QVariant before;
    QVariant after;

    Item *append(Node childNode)
    {
        auto child = std::make_unique<Item>();
        child->parent = this;
        child->row = static_cast<int>(children.size());
        child->node = childNode;
        child->kind = kind;
        child->address = address;
        children.push_back(std::move(child));
        return children.back().get();
    }
};

namespace {

bool isWritersOwn(Field field)
{
    return field == Field::Created || field == Field::Updated || field == Field::StateModified;
}

/// Whether a line for the field tells anything: what comes or goes empty does not.
bool tells(const Change &change, Field field, const Change::Pair &pair)
{
    if (isWritersOwn(field))
        return false;
    if (change.kind == Change::Kind::Modify)
        return true;
    const Value &content = change.kind == Change::Kind::Add ? pair.after : pair.before;
    const QString *text = std::get_if<QString>(&content);
    return !std::holds_alternative<std::monostate>(content) && !(text && text->isEmpty());
}

/// The flag, segment or namespace that a change belongs to.
Address topOf(const Address &address)
{
    if (address.orphan) // it stands alone: what it names is not there
        return address;
    Address top = address;
    while (top.kind != ObjectKind::Namespace && top.kind != ObjectKind::Flag
           && top.kind != ObjectKind::Segment)
        top = parentOf(top).value_or(Address());
    return top;
}

} // namespace

ChangeTreeModel::ChangeTreeModel(QObject *parent)
    : QAbstractItemModel(parent), m_root(std::make_unique<Item>())
{
}

ChangeTreeModel::~ChangeTreeModel() = default;

void ChangeTreeModel::setChanges(const ChangeSet &changeSet, const flags::Snapshot &before,
                                 const flags::Snapshot &after)
{
    const Naming naming(before, after);
    const ChangeSet told = visible(changeSet);
    std::map<Address, std::vector<const Change *>> groups;
    for (const Change &change : told.changes)
        groups[topOf(change.address)].push_back(&change);

    beginResetModel();
    m_root = std::make_unique<Item>();
    for (auto &[top, members] : groups) {
        Item *object = m_root->append(Node::Object);
        object->address = top;
        object->what = naming.object(top);
        const auto fill = [&](Item *item, const Change &change) {
            for (const FieldInfo &info : kindInfo(change.address.kind).fields) {
                const auto entry = change.fields.find(info.field);
                if (entry == change.fields.end() || !tells(change, info.field, entry->second))
                    continue;
                Item *line = item->append(Node::Field);
                line->field = info.field;
                line->what = info.label;
                if (change.kind != Change::Kind::Add)
                    line->before = naming.value(change.address, info.field, entry->second.before);
                if (change.kind != Change::Kind::Remove)
                    line->after = naming.value(change.address, info.field, entry->second.after);
            }
            if (change.kind == Change::Kind::Modify && change.positionBefore
                && change.positionAfter) {
                Item *line = item->append(Node::Place);
                line->what = tr("place");
                line->before = QString::number(*change.positionBefore + 1);
                line->after = QString::number(*change.positionAfter + 1);
            }
        };
        // The object's own fields first, then its parts in the order of their kinds.
        std::ranges::stable_sort(members, {},
                                 [](const Change *change) { return change->address.kind; });
        for (const Change *change : members) {
            Item *item = object;
            if (change->address != top) {
                item = object->append(Node::Object);
                item->address = change->address;
                item->what = naming.object(change->address);
                const auto parent = parentOf(change->address);
                if (parent && *parent != top)
                    item->what = naming.object(*parent) + u" · " + item->what;
            }
            item->kind = change->kind;
            fill(item, *change);
        }
    }
    endResetModel();
}

int ChangeTreeModel::objectCount() const
{
    return static_cast<int>(m_root->children.size());
}

const ChangeTreeModel::Item &ChangeTreeModel::item(const QModelIndex &index) const
{
    return index.isValid() ? *static_cast<const Item *>(index.constInternalPointer()) : *m_root;
}

QModelIndex ChangeTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, item(parent).children[static_cast<size_t>(row)].get());
}

QModelIndex ChangeTreeModel::parent(const QModelIndex &child) const
{
    const Item *parent = item(child).parent;
    if (!parent || parent == m_root.get())
        return {};
    return createIndex(parent->row, 0, parent);
}

int ChangeTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(item(parent).children.size());
}

int ChangeTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant ChangeTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Item &entry = item(index);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == WhatColumn     ? QVariant(entry.what)
               : index.column() == BeforeColumn ? entry.before
                                                : entry.after;
    case NodeRole:
        return static_cast<int>(entry.node);
    case ChangeRole:
        return static_cast<int>(entry.kind);
    case WhatRole:
        return entry.what;
    case BeforeRole:
        return entry.before;
    case AfterRole:
        return entry.after;
    case NamespaceRole:
        return entry.address.nameSpace.text();
    case OwnerRole:
        return entry.address.owner;
    case ObjectKindRole:
        return static_cast<int>(entry.address.kind);
    case IdRole:
        return entry.address.id;
    case FieldRole:
        return entry.node == Node::Field ? QVariant(static_cast<int>(entry.field)) : QVariant();
    default:
        return {};
    }
}

QVariant ChangeTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhatColumn:
        return tr("what");
    case BeforeColumn:
        return tr("before");
    case AfterColumn:
        return tr("after");
    default:
        return {};
    }
}

QHash<int, QByteArray> ChangeTreeModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractItemModel::roleNames();
    names.insert({{NodeRole, "node"},
                  {ChangeRole, "change"},
                  {WhatRole, "what"},
                  {BeforeRole, "before"},
                  {AfterRole, "after"},
                  {NamespaceRole, "namespaceKey"},
                  {OwnerRole, "owner"},
                  {ObjectKindRole, "objectKind"},
                  {IdRole, "rowId"},
                  {FieldRole, "field"}});
    return names;
}

} // namespace edgewise::models
