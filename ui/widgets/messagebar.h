// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/state.h>

#include <QFrame>

class QLabel;
class QHBoxLayout;
class QToolButton;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// What a page has to say: what happened, why, and what can be done now.
struct Message {
    theme::State state = theme::State::Bad;
    QString what; ///< one sentence, plain text
    QString why;  ///< plain text, may be empty
};

/// The one place of a page where errors and results are told, instead of pop-ups. Hidden until
/// there is a message; the user closes it, a later message replaces it. Texts are plain, never
/// taken for HTML, and can be selected and copied.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    explicit MessageBar(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// `remedies` become buttons; they stay the caller's and must live as long as the message.
    void showMessage(const Message &message, const QList<QAction *> &remedies = {});
    void clear();
    bool hasMessage() const { return m_shown; }
    const Message &message() const { return m_message; }

signals:
    void cleared();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Appearance &m_appearance;
    Message m_message;
    bool m_shown = false;
    QLabel *m_icon;
    QLabel *m_what;
    QLabel *m_why;
    QHBoxLayout *m_buttons;
    QToolButton *m_close;
};

} // namespace edgewise::widgets
