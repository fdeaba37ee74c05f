// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/theme.h>
#include <window/diagnosticsdialog.h>

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QPlainTextEdit>

namespace edgewise::window {

using namespace Qt::StringLiterals;

DiagnosticsDialog::DiagnosticsDialog(const QString &text, QWidget *parent) : QDialog(parent)
{
    setObjectName(u"diagnosticsDialog"_qs);
    setWindowTitle(tr("Diagnostics"));
    auto *report = new QPlainTextEdit(text, this);
    report->setObjectName(u"diagnosticsText"_qs);
    report->setAccessibleName(tr("Diagnostics"));
    report->setReadOnly(true);
    report->setTabChangesFocus(true);
    report->setFont(theme::codeFont());
    auto *note = new QLabel(tr("Holds addresses, and no tokens."), this);
    note->setForegroundRole(QPalette::PlaceholderText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setObjectName(u"diagnosticsClose"_qs);
    QPushButton *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setObjectName(u"diagnosticsCopy"_qs);
    connect(copy, &QPushButton::clicked, this,
            [text] { QGuiApplication::clipboard()->setText(text); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(report, 1);
    column->addWidget(note);
    column->addWidget(buttons);
    resize(QSize(720, 520).boundedTo(parent->size()));
}

} // namespace edgewise::window
