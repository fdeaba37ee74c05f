// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace edgewise::models {
class ChangeTreeModel;
}
namespace edgewise::theme {
class Appearance;
}

namespace edgewise::reviewpage {

/// A change set field by field: what, before, after.
class ChangeView : public QTreeView {
    Q_OBJECT

public:
    /// `model` must outlive the view. Objects are shown open while there are few.
    ChangeView(const theme::Appearance &appearance, models::ChangeTreeModel &model,
               QWidget *parent = nullptr);

private:
    void openObjects();

    models::ChangeTreeModel &m_model;
};

} // namespace edgewise::reviewpage
