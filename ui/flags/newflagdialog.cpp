// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/newflagdialog.h>
#include <flags/validate.h>
#include <messages/sentence.h>
#include <theme/appearance.h>
#include <widgets/keyfield.h>

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QRadioButton>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

NewFlagDialog::NewFlagDialog(const theme::Appearance &appearance,
                             std::shared_ptr<const flags::Namespace> nameSpace, QWidget *parent)
    : QDialog(parent), m_appearance(appearance), m_nameSpace(std::move(nameSpace)),
      m_name(new QLineEdit(this)), m_key(new widgets::KeyField(this)),
      m_description(new QLineEdit(this)),
      m_variant(new QRadioButton(tr("&Variant: one of several answers"), this)),
      m_boolean(new QRadioButton(tr("&Boolean: on or off"), this)), m_problem(new QLabel(this))
{
    setObjectName(u"newFlagDialog"_qs);
    setWindowTitle(tr("New flag in %1").arg(m_nameSpace->key.text()));
    m_name->setObjectName(u"newFlagName"_qs);
    m_name->setAccessibleName(tr("Name"));
    m_key->setObjectName(u"newFlagKey"_qs);
    m_key->setAccessibleName(tr("Key"));
    m_description->setObjectName(u"newFlagDescription"_qs);
    m_description->setAccessibleName(tr("Description"));
    m_variant->setObjectName(u"newFlagVariant"_qs);
    m_variant->setAccessibleName(tr("Variant flag"));
    m_boolean->setObjectName(u"newFlagBoolean"_qs);
    m_boolean->setAccessibleName(tr("Boolean flag"));
    m_variant->setChecked(true);
    m_problem->setObjectName(u"newFlagProblem"_qs);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    // Always two lines high, so that the form does not jump while a key is typed.
    m_problem->setFixedHeight(2 * fontMetrics().lineSpacing());
    QPalette colours;
    colours.setColor(QPalette::WindowText, appearance.tokens().bad);
    m_problem->setPalette(colours);

    auto *form = new QFormLayout;
    form->setSpacing(inside);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Key"), m_key);
    form->addRow(tr("&Description"), m_description);
    form->addRow(tr("Type"), m_variant);
    form->addRow(QString(), m_boolean);
    form->addRow(QString(), m_problem);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(u"newFlagCancel"_qs);
    m_create = buttons->addButton(tr("Create flag"), QDialogButtonBox::AcceptRole);
    m_create->setObjectName(u"newFlagCreate"_qs);
    m_create->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(buttons);
    setMinimumWidth(460);

    m_key->follow(m_name);
    for (const QLineEdit *line : {m_name, static_cast<QLineEdit *>(m_key)})
        connect(line, &QLineEdit::textEdited, this, &NewFlagDialog::judge);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    judge();
}

flags::Flag NewFlagDialog::flag() const
{
    flags::Flag flag;
    flag.key = FlagKey(m_key->text());
    flag.name = m_name->text().trimmed();
    flag.description = m_description->text();
    flag.type = m_boolean->isChecked() ? flags::BooleanFlag : flags::VariantFlag;
    return flag;
}

void NewFlagDialog::judge()
{
    const flags::Flag candidate = flag();
    const std::vector<flags::Problem> problems = flags::validate(candidate, *m_nameSpace);
    QString problem;
    bool complete = true;
    for (const flags::Problem &each : problems) {
        if (each.severity != flags::Problem::Severity::Error)
            continue;
        if (each.code == flags::Problem::Code::KeyEmpty
            || each.code == flags::Problem::Code::NameEmpty)
            complete = false; // an empty field says so itself
        else if (problem.isEmpty())
            problem = messages::sentence(each);
    }
    if (problem.isEmpty() && m_nameSpace->flag(candidate.key))
        problem = tr("There is a flag %1 in this namespace already: choose another key.")
                      .arg(candidate.key.text());
    m_problem->setText(problem);
    m_key->setAccessibleDescription(problem);
    m_create->setEnabled(complete && problem.isEmpty());
}

} // namespace edgewise::flagspage
