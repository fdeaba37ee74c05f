// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/validate.h>
#include <messages/sentence.h>
#include <segments/newsegmentdialog.h>
#include <theme/appearance.h>
#include <widgets/keyfield.h>

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QRadioButton>

namespace edgewise::segmentspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

NewSegmentDialog::NewSegmentDialog(const theme::Appearance &appearance,
                                   std::shared_ptr<const flags::Namespace> nameSpace,
                                   QWidget *parent)
    : QDialog(parent), m_nameSpace(std::move(nameSpace)), m_name(new QLineEdit(this)),
      m_key(new widgets::KeyField(this)), m_description(new QLineEdit(this)),
      m_all(new QRadioButton(tr("&All constraints must match"), this)),
      m_any(new QRadioButton(tr("An&y constraint is enough"), this)), m_problem(new QLabel(this))
{
    setObjectName(u"newSegmentDialog"_qs);
    setWindowTitle(tr("New segment in %1").arg(m_nameSpace->key.text()));
    const std::tuple<QWidget *, QString, QString> names[] = {
        {m_name, u"newSegmentName"_qs, tr("Name")},
        {m_key, u"newSegmentKey"_qs, tr("Key")},
        {m_description, u"newSegmentDescription"_qs, tr("Description")},
        {m_all, u"newSegmentAll"_qs, tr("All constraints must match")},
        {m_any, u"newSegmentAny"_qs, tr("Any constraint is enough")},
        {m_problem, u"newSegmentProblem"_qs, tr("Problem")}};
    for (const auto &[widget, name, label] : names) {
        widget->setObjectName(name);
        widget->setAccessibleName(label);
    }
    m_all->setChecked(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setFixedHeight(2 * fontMetrics().lineSpacing());
    QPalette colours;
    colours.setColor(QPalette::WindowText, appearance.tokens().bad);
    m_problem->setPalette(colours);

    auto *form = new QFormLayout;
    form->setSpacing(inside);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Key"), m_key);
    form->addRow(tr("&Description"), m_description);
    form->addRow(tr("Match"), m_all);
    form->addRow(QString(), m_any);
    form->addRow(QString(), m_problem);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(u"newSegmentCancel"_qs);
    m_create = buttons->addButton(tr("Create segment"), QDialogButtonBox::AcceptRole);
    m_create->setObjectName(u"newSegmentCreate"_qs);
    m_create->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(buttons);
    setMinimumWidth(460);

    m_key->follow(m_name);
    for (const QLineEdit *line : {m_name, static_cast<QLineEdit *>(m_key)})
        connect(line, &QLineEdit::textEdited, this, &NewSegmentDialog::judge);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    judge();
}

flags::Segment NewSegmentDialog::segment() const
{
    flags::Segment segment;
    segment.key = SegmentKey(m_key->text());
    segment.name = m_name->text().trimmed();
    segment.description = m_description->text();
    segment.matchType = m_any->isChecked() ? flags::AnyMatch : flags::AllMatch;
    return segment;
}

void NewSegmentDialog::judge()
{
    const flags::Segment candidate = segment();
    QString problem;
    bool complete = true;
    for (const flags::Problem &each : flags::validate(candidate, m_nameSpace->key)) {
        if (each.severity != flags::Problem::Severity::Error)
            continue;
        if (each.code == flags::Problem::Code::KeyEmpty
            || each.code == flags::Problem::Code::NameEmpty)
            complete = false; // an empty field says so itself
        else if (problem.isEmpty())
            problem = messages::sentence(each);
    }
    if (problem.isEmpty() && m_nameSpace->segment(candidate.key))
        problem = tr("There is a segment %1 in this namespace already: choose another key.")
                      .arg(candidate.key.text());
    m_problem->setText(problem);
    m_key->setAccessibleDescription(problem);
    m_create->setEnabled(complete && problem.isEmpty());
}

} // namespace edgewise::segmentspage
