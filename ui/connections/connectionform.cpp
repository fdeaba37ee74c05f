// SPDX-License-Identifier: GPL-3.0-or-later
#include <connections/connectionform.h>
#include <connections/environments.h>
#include <flipt/address.h>
#include <messages/sentence.h>
#include <store/source.h>
#include <theme/appearance.h>
#include <workspace/route.h>

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QPlainTextEdit>

namespace edgewise::connections {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

QStringList linesOf(const QPlainTextEdit &field)
{
    QStringList lines;
    const QStringList typed = field.toPlainText().split(u'\n');
    for (const QString &line : typed)
        if (const QString text = line.trimmed(); !text.isEmpty())
            lines.append(text);
    return lines;
}

} // namespace

ConnectionForm::ConnectionForm(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_name(new QLineEdit(this)), m_primary(new QLineEdit(this)),
      m_replicas(new QPlainTextEdit(this)), m_flipts(new QPlainTextEdit(this)),
      m_environment(new QComboBox(this)), m_proxy(new QLineEdit(this)),
      m_authorities(new QLineEdit(this)), m_nodeToken(new QLineEdit(this)),
      m_fliptToken(new QLineEdit(this)), m_tokenHint(new QLabel(this)), m_problem(new QLabel(this))
{
    setObjectName(u"connectionForm"_qs);
    const auto name = [](QWidget *field, const QString &objectName, const QString &text) {
        field->setObjectName(objectName);
        field->setAccessibleName(text);
    };
    name(m_name, u"connectionName"_qs, tr("Name"));
    name(m_primary, u"connectionPrimary"_qs, tr("Primary"));
    name(m_replicas, u"connectionReplicas"_qs, tr("Replicas"));
    name(m_flipts, u"connectionFlipts"_qs, tr("Flipts"));
    name(m_environment, u"connectionEnvironment"_qs, tr("Environment"));
    name(m_proxy, u"connectionProxy"_qs, tr("Proxy"));
    name(m_authorities, u"connectionAuthorities"_qs, tr("File of trusted certificates"));
    name(m_nodeToken, u"connectionToken"_qs, tr("Token of the nodes"));
    name(m_fliptToken, u"connectionFliptToken"_qs, tr("Token of the Flipts"));
    m_name->setPlaceholderText(tr("host and port, unless you name it"));
    m_primary->setPlaceholderText(tr("http://127.0.0.1:8080, or the path of a SQLite file"));
    for (QPlainTextEdit *field : {m_replicas, m_flipts}) {
        field->setPlaceholderText(tr("one address a line, or none"));
        field->setTabChangesFocus(true);
        field->setFixedHeight(4 * fontMetrics().lineSpacing());
        field->setFont(theme::codeFont());
        connect(field, &QPlainTextEdit::textChanged, this, &ConnectionForm::judge);
    }
    m_primary->setFont(theme::codeFont());
    m_proxy->setPlaceholderText(
        tr("as the system says; http://host:port, socks5://host:port or none"));
    m_authorities->setPlaceholderText(tr("the system's alone; or a PEM file with more"));
    for (QLineEdit *field : {m_proxy, m_authorities})
        connect(field, &QLineEdit::textChanged, this, &ConnectionForm::judge);
    QAction *browse =
        m_authorities->addAction(appearance.icon(u"more"_qs), QLineEdit::TrailingPosition);
    browse->setObjectName(u"browseAuthorities"_qs);
    browse->setText(tr("Choose the file of certificates"));
    browse->setToolTip(browse->text());
    connect(browse, &QAction::triggered, this, &ConnectionForm::browse);
    m_environment->addItems(
        {tr("None: nobody else uses it"), tr("Development"), tr("Staging"), tr("Production")});
    for (QLineEdit *field : {m_nodeToken, m_fliptToken}) {
        field->setEchoMode(QLineEdit::Password);
        field->setPlaceholderText(tr("unchanged"));
    }
    m_tokenHint->setObjectName(u"connectionTokenHint"_qs);
    m_tokenHint->setWordWrap(true);
    m_tokenHint->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    m_tokenHint->setForegroundRole(QPalette::PlaceholderText);
    m_problem->setObjectName(u"connectionProblem"_qs);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    QPalette colours;
    colours.setColor(QPalette::WindowText, appearance.tokens().bad);
    m_problem->setPalette(colours);

    auto *form = new QFormLayout(this);
    form->setContentsMargins({});
    form->setSpacing(inside);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Primary"), m_primary);
    form->addRow(tr("&Replicas"), m_replicas);
    form->addRow(tr("F&lipts"), m_flipts);
    form->addRow(tr("&Environment"), m_environment);
    form->addRow(tr("Pro&xy"), m_proxy);
    form->addRow(tr("&Certificates"), m_authorities);
    form->addRow(tr("Node &token"), m_nodeToken);
    form->addRow(tr("Flipt to&ken"), m_fliptToken);
    form->addRow(QString(), m_tokenHint);
    form->addRow(QString(), m_problem);
    connect(m_primary, &QLineEdit::textChanged, this, &ConnectionForm::judge);
    judge();
}

void ConnectionForm::setValue(const settings::ConnectionSettings &connection)
{
    m_name->setText(connection.name);
    m_primary->setText(connection.primary);
    m_replicas->setPlainText(connection.replicas.join(u'\n'));
    m_flipts->setPlainText(connection.flipts.join(u'\n'));
    m_environment->setCurrentIndex(static_cast<int>(environmentNamed(connection.environment)));
    m_proxy->setText(connection.proxy);
    m_authorities->setText(connection.authoritiesFile);
    m_nodeToken->clear();
    m_fliptToken->clear();
}

settings::ConnectionSettings ConnectionForm::value() const
{
    return {.primary = m_primary->text().trimmed(),
            .name = m_name->text().trimmed(),
            .replicas = linesOf(*m_replicas),
            .flipts = linesOf(*m_flipts),
            .environment = nameOf(static_cast<theme::Environment>(m_environment->currentIndex())),
            .authoritiesFile = m_authorities->text().trimmed(),
            .proxy = m_proxy->text().trimmed()};
}

void ConnectionForm::browse()
{
    auto *dialog = new QFileDialog(this, tr("Choose the file of certificates"));
    dialog->setObjectName(u"authoritiesDialog"_qs);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Certificates (*.pem *.crt *.cer)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, m_authorities, &QLineEdit::setText);
    dialog->open();
}

Token ConnectionForm::nodeToken() const
{
    return Token(m_nodeToken->text().trimmed().toUtf8());
}

Token ConnectionForm::fliptToken() const
{
    return Token(m_fliptToken->text().trimmed().toUtf8());
}

void ConnectionForm::setTokenHint(const QString &hint)
{
    m_tokenHint->setText(hint);
}

void ConnectionForm::judge()
{
    const settings::ConnectionSettings typed = value();
    QString problem;
    const auto take = [&problem](const auto &result) {
        if (!result && problem.isEmpty())
            problem = messages::sentence(result.error());
    };
    if (!typed.primary.isEmpty())
        take(store::Source::parse(typed.primary));
    for (const QString &address : typed.replicas)
        take(store::Source::parse(address));
    for (const QString &address : typed.flipts)
        take(flipt::parseAddress(address));
    take(workspace::Route::read(typed.authoritiesFile, typed.proxy));
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_isValid = !typed.primary.isEmpty() && problem.isEmpty();
    emit changed();
}

} // namespace edgewise::connections
