// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/changetreemodel.h>
#include <theme/appearance.h>
#include <widgets/changeview.h>
#include <widgets/differencedelegate.h>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using changes::Change;
using models::ChangeTreeModel;

namespace {

constexpr int mostObjectsOpened = 200;

/// An object's line carries the kind of its change; a field's line shows what went on the ground of
/// removals and what came on that of additions.
DifferenceDelegate::Look lookOf(const QModelIndex &index)
{
    const auto kind = static_cast<Change::Kind>(index.data(ChangeTreeModel::ChangeRole).toInt());
    const auto node =
        static_cast<ChangeTreeModel::Node>(index.data(ChangeTreeModel::NodeRole).toInt());
    if (node == ChangeTreeModel::Node::Object) {
        if (index.column() != ChangeTreeModel::WhatColumn)
            return {};
        return {kind == Change::Kind::Add      ? Difference::Added
                : kind == Change::Kind::Remove ? Difference::Removed
                                               : Difference::Changed,
                false};
    }
    if (index.column() == ChangeTreeModel::BeforeColumn && kind != Change::Kind::Add)
        return {Difference::Removed, false};
    if (index.column() == ChangeTreeModel::AfterColumn && kind != Change::Kind::Remove)
        return {Difference::Added, false};
    return {};
}

} // namespace

ChangeView::ChangeView(const theme::Appearance &appearance, QAbstractItemModel &model,
                       QWidget *parent)
    : QTreeView(parent)
{
    setObjectName(u"changeTree"_qs);
    setAccessibleName(tr("Changes"));
    setModel(&model);
    setItemDelegate(new DifferenceDelegate(appearance, lookOf, this));
    setUniformRowHeights(true);
    setEditTriggers(NoEditTriggers);
    setTextElideMode(Qt::ElideMiddle);
    header()->setStretchLastSection(true);
    header()->resizeSection(ChangeTreeModel::WhatColumn, 320);
    header()->resizeSection(ChangeTreeModel::BeforeColumn, 260);
    connect(&model, &QAbstractItemModel::modelReset, this, &ChangeView::openObjects);
    openObjects();
}

void ChangeView::openObjects()
{
    if (model()->rowCount() <= mostObjectsOpened)
        expandAll();
}

} // namespace edgewise::widgets
