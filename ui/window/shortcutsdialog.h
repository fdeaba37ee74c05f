// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace edgewise::window {

/// Lists every key of a window's actions, so that nothing in it can go stale.
class ShortcutsDialog : public QDialog {
    Q_OBJECT

public:
    explicit ShortcutsDialog(QWidget *window);
};

} // namespace edgewise::window
