// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QAction;
class QPushButton;
class QVBoxLayout;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// What stands where a page has nothing to show yet: a sentence that says what belongs here, and a
/// button that makes it so.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(const theme::Appearance &appearance, const QString &iconName,
                        QWidget *parent = nullptr);

    /// `action` becomes the button and stays the caller's; null when nothing can be done.
    void setContent(const QString &sentence, QAction *action = nullptr);

private:
    const theme::Appearance &m_appearance;
    QString m_iconName;
    QLabel *m_sentence;
    QVBoxLayout *m_column;
    QAction *m_action = nullptr;
    QPushButton *m_button = nullptr;
};

} // namespace edgewise::widgets
