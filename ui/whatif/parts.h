// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractItemView;
class QAction;
class QPushButton;
class QWidget;

namespace edgewise::whatifpage {

/// A button that does what the action does, enabled as it is, named after it.
QPushButton *makeButton(QAction *action, QWidget *parent);

/// What the views of this page have in common: for reading, a row at a time.
void prepareView(QAbstractItemView *view);

} // namespace edgewise::whatifpage
