// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::connections {

/// The addresses of a workspace: one primary, and the nodes that follow it.
struct Addresses {
    QString primary;
    QStringList replicas;
};

/// Asks which database to open. Addresses are judged while they are typed; nothing is contacted.
class OpenDialog : public QDialog {
    Q_OBJECT

public:
    /// `recent` are offered as completions.
    OpenDialog(const theme::Appearance &appearance, const QStringList &recent,
               QWidget *parent = nullptr);

    Addresses addresses() const;
    void setAddresses(const Addresses &addresses);

private:
    void judge();
    void browse();

    QLineEdit *m_primary;
    QPlainTextEdit *m_replicas;
    QLabel *m_problem;
    QPushButton *m_open;
};

} // namespace edgewise::connections
