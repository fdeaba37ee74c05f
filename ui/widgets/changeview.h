// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// A change set field by field: what, before, after. The one view of a difference, on every page.
class ChangeView : public QTreeView {
    Q_OBJECT

public:
    /// `model` is a ChangeTreeModel or a proxy of one, and must outlive the view. Objects are shown
    /// open while there are few.
    ChangeView(const theme::Appearance &appearance, QAbstractItemModel &model,
               QWidget *parent = nullptr);

private:
    void openObjects();
};

} // namespace edgewise::widgets
