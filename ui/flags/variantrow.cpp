// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/variantrow.h>
#include <theme/appearance.h>
#include <widgets/jsonedit.h>
#include <widgets/linefield.h>
#include <widgets/parts.h>
#include <widgets/problemlines.h>
#include <widgets/swatch.h>

#include <QRadioButton>
#include <QToolButton>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using widgets::LineField;

VariantRow::VariantRow(const theme::Appearance &appearance, const VariantId &id, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_variant(id),
      m_swatch(new widgets::Swatch(appearance, this)),
      m_key(new LineField(u"variantKey"_qs, tr("Key of the variant"), this)),
      m_name(new LineField(u"variantName"_qs, tr("Name of the variant"), this)),
      m_default(new QRadioButton(tr("default"), this)),
      m_problems(new widgets::ProblemLines(appearance, this))
{
    setObjectName(u"variantRow"_qs);
    m_key->setFont(theme::codeFont());
    m_key->setPlaceholderText(tr("key"));
    m_name->setPlaceholderText(tr("name"));
    m_key->setMinimumWidth(64);
    m_name->setMinimumWidth(48);
    m_default->setObjectName(u"variantDefault"_qs);
    m_default->setAutoExclusive(false);
    m_default->setToolTip(tr("Served where no rule decides and while the flag is off"));
    m_more = widgets::iconButton(appearance, u"edit"_qs, u"variantMore"_qs,
                                 tr("Description and attachment"), this);
    m_more->setCheckable(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_remove = widgets::iconButton(appearance, u"delete"_qs, u"removeVariant"_qs,
                                   tr("Remove variant"), this);
    auto *line = new QHBoxLayout;
    line->setSpacing(inside);
    line->addWidget(m_swatch);
    line->addWidget(m_key, 3);
    line->addWidget(m_name, 3);
    line->addWidget(m_default);
    line->addWidget(m_more);
    line->addWidget(m_remove);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addLayout(line);
    column->addWidget(m_problems);

    connect(m_key, &LineField::committed, this, [this](const QString &text) {
        tell(tr("key of variant %1").arg(m_shown.key), u"variantKey"_qs,
             [text](flags::Variant &variant) { variant.key = text; });
    });
    connect(m_name, &LineField::committed, this, [this](const QString &text) {
        tell(tr("name of variant %1").arg(m_shown.key), u"variantName"_qs,
             [text](flags::Variant &variant) { variant.name = text; });
    });
    connect(m_default, &QAbstractButton::clicked, this, &VariantRow::toggleDefault);
    connect(m_more, &QAbstractButton::toggled, this, &VariantRow::unfold);
    connect(m_remove, &QAbstractButton::clicked, this, [this] {
        emit edited({tr("remove variant %1").arg(m_shown.key),
                     {},
                     [variant = m_variant](flags::Flag &flag) { removeVariant(flag, variant); }});
    });
}

void VariantRow::showVariant(const flags::Flag &flag, int index)
{
    m_shown = flag.variants[size_t(index)];
    m_isDefault = flag.defaultVariant == m_variant;
    m_swatch->setIndex(index);
    m_key->setValue(m_shown.key);
    m_name->setValue(m_shown.name);
    m_default->setChecked(m_isDefault);
    m_default->setAccessibleName(tr("Variant %1 is the default").arg(m_shown.key));
    const bool more = m_shown.attachment || !m_shown.description.isEmpty();
    m_more->setText(m_shown.attachment ? u"{…}"_qs : more ? u"…"_qs : QString());
    m_more->setToolTip(m_shown.attachment ? m_shown.attachment->left(500)
                                          : tr("Description and attachment"));
    m_remove->setAccessibleName(tr("Remove variant %1").arg(m_shown.key));
    if (m_details) {
        m_description->setValue(m_shown.description);
        m_attachment->setValue(m_shown.attachment.value_or(QString()));
    }
}

void VariantRow::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    m_key->setReadOnly(readOnly);
    m_name->setReadOnly(readOnly);
    m_default->setEnabled(!readOnly);
    m_remove->setVisible(!readOnly);
    if (m_details) {
        m_description->setReadOnly(readOnly);
        m_attachment->setReadOnly(readOnly);
    }
}

void VariantRow::setProblems(const std::vector<flags::Problem> &problems)
{
    m_problems->setProblems(problems);
}

void VariantRow::focusKey()
{
    m_key->setFocus(Qt::OtherFocusReason);
    m_key->selectAll();
}

void VariantRow::unfold(bool unfolded)
{
    if (unfolded && !m_details)
        createDetails();
    if (m_details)
        m_details->setVisible(unfolded);
}

void VariantRow::createDetails()
{
    m_details = new QWidget(this);
    m_description =
        new LineField(u"variantDescription"_qs, tr("Description of the variant"), m_details);
    m_description->setPlaceholderText(tr("Description"));
    m_attachment = new widgets::JsonEdit(m_appearance, u"variantAttachment"_qs,
                                         tr("Attachment, any JSON"), m_details);
    auto *column = new QVBoxLayout(m_details);
    column->setContentsMargins(between + inside, 0, 0, grid);
    column->setSpacing(grid);
    column->addWidget(m_description);
    column->addWidget(
        widgets::quietLabel(tr("Attachment (JSON, handed out with the variant)"), m_details));
    column->addWidget(m_attachment);
    layout()->addWidget(m_details);
    m_description->setValue(m_shown.description);
    m_attachment->setValue(m_shown.attachment.value_or(QString()));
    setReadOnly(m_isReadOnly);
    connect(m_description, &LineField::committed, this, [this](const QString &text) {
        tell(tr("description of variant %1").arg(m_shown.key), u"variantDescription"_qs,
             [text](flags::Variant &variant) { variant.description = text; });
    });
    connect(m_attachment, &widgets::JsonEdit::committed, this, [this](const QString &text) {
        tell(tr("attachment of variant %1").arg(m_shown.key), u"variantAttachment"_qs,
             [text](flags::Variant &variant) {
                 // Flipt stores no empty attachment: NULL stands for it.
                 if (text.trimmed().isEmpty())
                     variant.attachment.reset();
                 else
                     variant.attachment = text;
             });
    });
}

void VariantRow::toggleDefault()
{
    m_default->setChecked(m_isDefault); // the flag answers
    emit edited({m_isDefault ? tr("no default variant") : tr("default variant %1").arg(m_shown.key),
                 {},
                 [id = m_variant, on = !m_isDefault](flags::Flag &flag) {
                     if (on)
                         flag.defaultVariant = id;
                     else
                         flag.defaultVariant.reset();
                 }});
}

void VariantRow::tell(const QString &label, const QString &topic,
                      const std::function<void(flags::Variant &)> &apply)
{
    emit edited({label, topic + m_variant.text(), [id = m_variant, apply](flags::Flag &flag) {
                     if (flags::Variant *variant = withId(flag.variants, id))
                         apply(*variant);
                 }});
}

} // namespace edgewise::flagspage
