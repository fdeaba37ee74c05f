// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QListWidget;
class QLabel;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class BusyIndicator;
}

namespace edgewise::connections {

/// What the window shows while nothing is open: the ways in.
class StartPage : public QWidget {
    Q_OBJECT

public:
    /// `open` and `lab` become buttons; they stay the caller's.
    StartPage(const theme::Appearance &appearance, QAction *open, QAction *lab,
              QWidget *parent = nullptr);

    void setRecent(const QStringList &addresses);
    /// Something is being opened: `what` and since when, instead of the buttons.
    void showBusy(const QString &what);

signals:
    void recentChosen(const QString &address);

private:
    QWidget *m_buttons;
    widgets::BusyIndicator *m_busy;
    QLabel *m_recentTitle;
    QListWidget *m_recent;
};

} // namespace edgewise::connections
