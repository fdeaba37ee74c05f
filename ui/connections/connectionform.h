// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/token.h>
#include <settings/connectionsettings.h>

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::connections {

/// One connection as a form. Addresses are judged while they are typed; nothing is contacted, and
/// a token that is kept is not shown.
class ConnectionForm : public QWidget {
    Q_OBJECT

public:
    explicit ConnectionForm(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void setValue(const settings::ConnectionSettings &connection);
    settings::ConnectionSettings value() const;
    /// What was typed as a token of the nodes, or of the Flipts; empty when nothing was.
    Token nodeToken() const;
    Token fliptToken() const;
    /// Where tokens are kept, below their fields.
    void setTokenHint(const QString &hint);
    bool isValid() const { return m_isValid; }

signals:
    void changed();

private:
    void judge();
    void browse();

    QLineEdit *m_name;
    QLineEdit *m_primary;
    QPlainTextEdit *m_replicas;
    QPlainTextEdit *m_flipts;
    QComboBox *m_environment;
    QLineEdit *m_proxy;
    QLineEdit *m_authorities;
    QLineEdit *m_nodeToken;
    QLineEdit *m_fliptToken;
    QLabel *m_tokenHint;
    QLabel *m_problem;
    bool m_isValid = false;
};

} // namespace edgewise::connections
