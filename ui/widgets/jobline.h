// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/latestjob.h>

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// How far a long computation is, since when, and a button that ends it. Its place stays when
/// nothing runs, so that nothing moves; it fills only when the work lasts 300 ms.
class JobLine : public QWidget {
    Q_OBJECT

public:
    explicit JobLine(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// `progress` is asked while it runs, and may give null.
    void start(const QString &what, std::function<const models::JobProgress *()> progress);
    void stop();
    bool isBusy() const { return m_progress != nullptr; }

signals:
    void cancelRequested();

private:
    void refresh();
    void setShown(bool shown);

    QString m_what;
    std::function<const models::JobProgress *()> m_progress;
    QElapsedTimer m_since;
    QTimer m_delay;
    QTimer m_tick;
    QLabel *m_text;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
};

} // namespace edgewise::widgets
