// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace edgewise::window {

/// An entry of the navigation and what it shows.
struct Page {
    QString id; ///< stable, for the history and the settings: "flags"
    QString title;
    QString iconName;
    QWidget *widget = nullptr; ///< the window takes it over
};

} // namespace edgewise::window
