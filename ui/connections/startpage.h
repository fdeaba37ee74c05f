// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QListWidget;
class QLabel;

namespace edgewise::connections {

/// What the window shows while nothing is open: the ways in.
class StartPage : public QWidget {
    Q_OBJECT

public:
    /// `open` and `lab` become buttons; they stay the caller's.
    StartPage(QAction *open, QAction *lab, QWidget *parent = nullptr);

    void setRecent(const QStringList &addresses);

signals:
    void recentChosen(const QString &address);

private:
    QLabel *m_recentTitle;
    QListWidget *m_recent;
};

} // namespace edgewise::connections
