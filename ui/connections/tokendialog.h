// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/token.h>

#include <QDialog>

class QLineEdit;

namespace edgewise::connections {

/// Asks for the token of a connection; it is shown nowhere.
class TokenDialog : public QDialog {
    Q_OBJECT

public:
    /// `why` is what the node said.
    TokenDialog(const QString &address, const QString &why, QWidget *parent = nullptr);

    Token token() const;

private:
    QLineEdit *m_token;
};

} // namespace edgewise::connections
