// SPDX-License-Identifier: GPL-3.0-or-later
#include <connections/tokendialog.h>
#include <theme/tokens.h>

#include <QDialogButtonBox>

namespace edgewise::connections {

using namespace Qt::StringLiterals;

TokenDialog::TokenDialog(const QString &address, const QString &why, QWidget *parent)
    : QDialog(parent), m_token(new QLineEdit(this))
{
    setObjectName(u"tokenDialog"_qs);
    setWindowTitle(tr("Token"));
    auto *sentence = new QLabel(tr("%1 asks for a token. %2").arg(address, why), this);
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);
    auto *kept = new QLabel(tr("It is kept in the system's keychain, and where there is none until "
                               "the program ends; never in a file."),
                            this);
    kept->setWordWrap(true);
    kept->setForegroundRole(QPalette::PlaceholderText);
    m_token->setObjectName(u"tokenTyped"_qs);
    m_token->setAccessibleName(tr("Token"));
    m_token->setEchoMode(QLineEdit::Password);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(u"tokenCancel"_qs);
    QPushButton *accept = buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
    accept->setObjectName(u"tokenAccept"_qs);
    accept->setDefault(true);
    accept->setEnabled(false);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(theme::metrics::between);
    column->addWidget(sentence);
    column->addWidget(m_token);
    column->addWidget(kept);
    column->addWidget(buttons);
    setMinimumWidth(420);
    connect(m_token, &QLineEdit::textChanged, accept,
            [accept](const QString &text) { accept->setEnabled(!text.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

Token TokenDialog::token() const
{
    return Token(m_token->text().trimmed().toUtf8());
}

} // namespace edgewise::connections
