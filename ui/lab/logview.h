// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QTimer>

namespace edgewise::labpage {

/// The end of a log file, and what is written to it from then on. Looks only while it can be seen.
class LogView : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit LogView(QWidget *parent = nullptr);

    /// An empty path shows nothing; a file that does not exist yet is waited for.
    void follow(const QString &path);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void readMore();

    QString m_path;
    qint64 m_position = 0;
    QByteArray m_rest; ///< of a line that is not complete yet
    QTimer m_timer;
};

} // namespace edgewise::labpage
