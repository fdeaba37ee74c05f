// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace edgewise::settings {
class Settings;
}

namespace edgewise::window {

/// Keeps the window's place, and what the user arranged in it: every splitter, and every header of
/// a table or tree, that has an object name. Pages need not know. The place is kept half a second
/// after the window moved, so that a killed program has lost nothing.
class ViewState : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it.
    ViewState(QWidget &window, settings::Settings &settings);

    void restoreWindow();
    /// Each time when pages have been made.
    void restoreViews();
    void save();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void saveWindow();

    QWidget &m_window;
    settings::Settings &m_settings;
    QTimer m_moved;
};

} // namespace edgewise::window
