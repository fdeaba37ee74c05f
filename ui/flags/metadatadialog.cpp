// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/jsonformat.h>
#include <flags/jsontext.h>
#include <flags/metadatadialog.h>
#include <theme/theme.h>
#include <widgets/parts.h>

#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QRadioButton>

#include <algorithm>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using flags::JsonMember;

namespace {

enum PropertyType { TextProperty, NumberProperty, TrueProperty, FalseProperty, JsonProperty };

std::optional<std::vector<JsonMember>> membersOf(const std::optional<QString> &metadata)
{
    return flags::jsonMembers(metadata.value_or(u"{}"_qs));
}

QStringList namesIn(const std::vector<std::shared_ptr<const flags::Flag>> &flags)
{
    QStringList names;
    for (const auto &flag : flags)
        for (const JsonMember &member :
             membersOf(flag->metadata).value_or(std::vector<JsonMember>()))
            names.append(member.name);
    names.sort();
    names.removeDuplicates();
    return names;
}

} // namespace

std::optional<QString> edited(const std::optional<QString> &metadata, const MetadataEdit &edit)
{
    std::optional<std::vector<JsonMember>> members = membersOf(metadata);
    if (!members)
        return metadata;
    const auto place = std::ranges::find(*members, edit.name, &JsonMember::name);
    const bool isThere = place != members->end();
    if (edit.value ? isThere && place->value == *edit.value : !isThere)
        return metadata; // as it is stored, blanks included
    if (!edit.value)
        std::erase_if(*members, [&](const JsonMember &member) { return member.name == edit.name; });
    else if (isThere)
        place->value = *edit.value;
    else
        members->push_back({edit.name, *edit.value});
    // Flipt stores no empty object: NULL stands for it.
    return members->empty() ? std::nullopt : std::optional(flags::jsonObject(*members));
}

MetadataDialog::MetadataDialog(std::vector<std::shared_ptr<const flags::Flag>> flags,
                               QWidget *parent)
    : QDialog(parent), m_flags(std::move(flags)),
      m_set(new QRadioButton(tr("&Set a property"), this)),
      m_remove(new QRadioButton(tr("&Remove a property"), this)), m_name(new QLineEdit(this)),
      m_type(widgets::choiceBox(u"bulkMetadataType"_qs, tr("Type of the value"), this)),
      m_value(new QLineEdit(this)), m_summary(widgets::quietLabel({}, this))
{
    setObjectName(u"bulkMetadataDialog"_qs);
    setWindowTitle(m_flags.size() == 1
                       ? tr("Metadata of %1").arg(m_flags.front()->key.text())
                       : tr("Metadata of %1 flags").arg(qulonglong(m_flags.size())));
    createFields();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(u"bulkMetadataCancel"_qs);
    m_go = buttons->addButton(tr("Set"), QDialogButtonBox::AcceptRole);
    m_go->setObjectName(u"bulkMetadataGo"_qs);
    m_go->setDefault(true);
    auto *form = new QFormLayout;
    form->setSpacing(inside);
    form->addRow(QString(), m_set);
    form->addRow(QString(), m_remove);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Type"), m_type);
    form->addRow(tr("&Value"), m_value);
    form->addRow(QString(), m_summary);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(buttons);
    setMinimumWidth(460);

    connect(m_set, &QRadioButton::toggled, this, &MetadataDialog::judge);
    connect(m_name, &QLineEdit::textChanged, this, &MetadataDialog::judge);
    connect(m_value, &QLineEdit::textChanged, this, &MetadataDialog::judge);
    connect(m_type, &QComboBox::currentIndexChanged, this, &MetadataDialog::judge);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    judge();
    m_name->setFocus();
}

void MetadataDialog::createFields()
{
    m_set->setObjectName(u"bulkMetadataSet"_qs);
    m_set->setChecked(true);
    m_remove->setObjectName(u"bulkMetadataRemove"_qs);
    m_name->setObjectName(u"bulkMetadataName"_qs);
    m_name->setAccessibleName(tr("Name of the property"));
    m_name->setFont(theme::codeFont());
    auto *names = new QCompleter(namesIn(m_flags), m_name);
    names->setCaseSensitivity(Qt::CaseInsensitive);
    m_name->setCompleter(names);
    m_type->addItems({tr("text"), tr("number"), tr("true"), tr("false"), tr("JSON")});
    m_value->setObjectName(u"bulkMetadataValue"_qs);
    m_value->setAccessibleName(tr("Value of the property"));
    m_value->setFont(theme::codeFont());
    m_summary->setObjectName(u"bulkMetadataSummary"_qs);
    // Always as high, so that the form does not jump while one types.
    m_summary->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_summary->setAlignment(Qt::AlignLeft | Qt::AlignTop);
}

std::optional<QString> MetadataDialog::value() const
{
    const QString text = m_value->text();
    switch (m_type->currentIndex()) {
    case TextProperty:
        return flags::jsonText(text);
    case TrueProperty:
        return u"true"_qs;
    case FalseProperty:
        return u"false"_qs;
    default:
        break;
    }
    if (!flags::isJson(text))
        return std::nullopt;
    const QString json = flags::compactJson(text);
    const bool isNumber = json.front() == u'-' || json.front().isDigit();
    return m_type->currentIndex() == JsonProperty || isNumber ? std::optional(json) : std::nullopt;
}

MetadataEdit MetadataDialog::edit() const
{
    return {m_name->text(), m_set->isChecked() ? value() : std::nullopt};
}

QString MetadataDialog::consequence() const
{
    const MetadataEdit wanted = edit();
    int changed = 0;
    int left = 0;
    for (const auto &flag : m_flags) {
        changed += edited(flag->metadata, wanted) != flag->metadata ? 1 : 0;
        left += membersOf(flag->metadata) ? 0 : 1;
    }
    const QString all = locale().toString(qulonglong(m_flags.size()));
    QString text = tr("Changes %1 of %2 flags.").arg(locale().toString(changed), all);
    if (left > 0)
        text += u' '
                + tr("The metadata of %1 is no object, and stays as it is.")
                      .arg(locale().toString(left));
    return text;
}

void MetadataDialog::judge()
{
    const bool sets = m_set->isChecked();
    const int type = m_type->currentIndex();
    m_type->setEnabled(sets);
    m_value->setEnabled(sets && type != TrueProperty && type != FalseProperty);
    m_go->setText(sets ? tr("Set") : tr("Remove"));
    const bool isNamed = !m_name->text().isEmpty();
    const bool isWhole = !sets || value();
    m_go->setEnabled(isNamed && isWhole);
    if (!isNamed)
        m_summary->setText(tr("A property needs a name."));
    else if (!isWhole)
        m_summary->setText(
            (type == NumberProperty ? tr("“%1” is no number.") : tr("“%1” is no JSON."))
                .arg(m_value->text()));
    else
        m_summary->setText(consequence());
}

} // namespace edgewise::flagspage
