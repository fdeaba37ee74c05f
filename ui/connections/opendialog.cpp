// SPDX-License-Identifier: GPL-3.0-or-later
#include <connections/opendialog.h>
#include <messages/sentence.h>
#include <store/source.h>
#include <theme/appearance.h>

#include <QCompleter>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QPlainTextEdit>

namespace edgewise::connections {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

OpenDialog::OpenDialog(const theme::Appearance &appearance, const QStringList &recent,
                       QWidget *parent)
    : QDialog(parent), m_primary(new QLineEdit(this)), m_replicas(new QPlainTextEdit(this)),
      m_problem(new QLabel(this))
{
    setObjectName(u"openDialog"_qs);
    setWindowTitle(tr("Open a database"));
    m_primary->setObjectName(u"openPrimary"_qs);
    m_primary->setAccessibleName(tr("Primary"));
    m_primary->setFont(theme::codeFont());
    m_primary->setPlaceholderText(tr("http://127.0.0.1:8080, or the path of a SQLite file"));
    m_primary->setCompleter(new QCompleter(recent, m_primary));
    m_replicas->setObjectName(u"openReplicas"_qs);
    m_replicas->setAccessibleName(tr("Replicas"));
    m_replicas->setFont(theme::codeFont());
    m_replicas->setPlaceholderText(tr("one address a line, or none"));
    m_replicas->setTabChangesFocus(true);
    m_replicas->setFixedHeight(5 * fontMetrics().lineSpacing());
    m_problem->setObjectName(u"openProblem"_qs);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setFixedHeight(3 * fontMetrics().lineSpacing());
    QPalette colours;
    colours.setColor(QPalette::WindowText, appearance.tokens().bad);
    m_problem->setPalette(colours);

    auto *browseButton = new QPushButton(tr("Choose a &file…"), this);
    browseButton->setObjectName(u"openBrowse"_qs);
    browseButton->setAutoDefault(false);
    auto *line = new QHBoxLayout;
    line->addWidget(m_primary, 1);
    line->addWidget(browseButton);
    auto *form = new QFormLayout;
    form->setSpacing(inside);
    form->addRow(tr("&Primary"), line);
    qobject_cast<QLabel *>(form->labelForField(line))->setBuddy(m_primary);
    form->addRow(tr("&Replicas"), m_replicas);
    form->addRow(QString(), m_problem);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(u"openCancel"_qs);
    m_open = buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
    m_open->setObjectName(u"openAccept"_qs);
    m_open->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(buttons);
    setMinimumWidth(560);

    connect(m_primary, &QLineEdit::textChanged, this, &OpenDialog::judge);
    connect(m_replicas, &QPlainTextEdit::textChanged, this, &OpenDialog::judge);
    connect(browseButton, &QPushButton::clicked, this, &OpenDialog::browse);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    judge();
}

Addresses OpenDialog::addresses() const
{
    Addresses addresses{.primary = m_primary->text().trimmed(), .replicas = {}};
    const QStringList lines = m_replicas->toPlainText().split(u'\n');
    for (const QString &line : lines)
        if (const QString address = line.trimmed(); !address.isEmpty())
            addresses.replicas.append(address);
    return addresses;
}

void OpenDialog::setAddresses(const Addresses &addresses)
{
    m_primary->setText(addresses.primary);
    m_replicas->setPlainText(addresses.replicas.join(u'\n'));
}

void OpenDialog::judge()
{
    const Addresses typed = addresses();
    QStringList all = typed.replicas;
    if (!typed.primary.isEmpty())
        all.prepend(typed.primary);
    QString problem;
    for (const QString &address : std::as_const(all))
        if (const Result<store::Source> source = store::Source::parse(address);
            !source && problem.isEmpty())
            problem = messages::sentence(source.error());
    m_problem->setText(problem);
    m_open->setEnabled(!typed.primary.isEmpty() && problem.isEmpty());
}

void OpenDialog::browse()
{
    auto *dialog = new QFileDialog(this, tr("Choose a SQLite file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_primary, &QLineEdit::setText);
    dialog->open();
}

} // namespace edgewise::connections
