// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace edgewise::settings {
class Settings;
}

namespace edgewise::window {

/// Keeps the window's place, and what the user arranged in it: every splitter, and every header of
/// a table or tree, that has an object name. Pages need not know.
class ViewState {
public:
    /// Both must outlive it.
    ViewState(QWidget &window, settings::Settings &settings);

    void restoreWindow();
    /// Each time when pages have been made.
    void restoreViews();
    void save();

private:
    QWidget &m_window;
    settings::Settings &m_settings;
};

} // namespace edgewise::window
