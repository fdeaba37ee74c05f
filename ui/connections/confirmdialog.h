// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::connections {

/// Asks, before something is done to production, to type a word: so that it is done by nobody who
/// took this window for another one.
class ConfirmDialog : public QDialog {
    Q_OBJECT

public:
    struct Question {
        QString title;    ///< "Save 3 changes"
        QString sentence; ///< what happens, and where
        QString word;     ///< that must be typed: the connection's name
        QString verb;     ///< of the button: "Save"
    };

    ConfirmDialog(const theme::Appearance &appearance, const Question &question,
                  QWidget *parent = nullptr);

private:
    QLineEdit *m_typed;
    QPushButton *m_accept;
};

} // namespace edgewise::connections
