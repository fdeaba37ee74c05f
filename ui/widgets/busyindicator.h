// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// Says what is awaited and since when. Appears only when the wait lasts 300 ms, so that quick work
/// does not flash.
class BusyIndicator : public QWidget {
    Q_OBJECT

public:
    explicit BusyIndicator(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// `what` completes "…": "Reading the flags of http://…". Starting again restarts the clock.
    void start(const QString &what, bool cancellable = false);
    void stop();
    bool isBusy() const { return m_busy; }

signals:
    void cancelRequested();

private:
    void refresh();

    QString m_what;
    bool m_busy = false;
    QElapsedTimer m_since;
    QTimer m_delay;
    QTimer m_tick;
    QLabel *m_text;
    QPushButton *m_cancel;
};

} // namespace edgewise::widgets
