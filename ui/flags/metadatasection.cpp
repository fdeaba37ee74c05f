// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/jsontext.h>
#include <flags/metadatasection.h>
#include <theme/appearance.h>
#include <widgets/card.h>
#include <widgets/jsonedit.h>
#include <widgets/linefield.h>
#include <widgets/parts.h>
#include <widgets/problemlines.h>

#include <QComboBox>
#include <QToolButton>

#include <algorithm>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using flags::JsonMember;
using widgets::LineField;

namespace {

enum MetadataType { TextType, NumberType, TrueType, FalseType, JsonType };

MetadataType typeOf(const QString &json)
{
    if (json.startsWith(u'"'))
        return TextType;
    if (json == u"true")
        return TrueType;
    if (json == u"false")
        return FalseType;
    return json.startsWith(u'{') || json.startsWith(u'[') || json == u"null" ? JsonType
                                                                             : NumberType;
}

bool isJsonNumber(const QString &text)
{
    return flags::isJson(text) && typeOf(text.trimmed()) == NumberType;
}

} // namespace

MetadataSection::MetadataSection(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_asJson(new QPushButton(tr("JSON"), this)),
      m_add(widgets::addButton(appearance, u"addMetadata"_qs, tr("Property"), this)),
      m_column(new QVBoxLayout(this)), m_fault(new QLabel(this)),
      m_problems(new widgets::ProblemLines(appearance, this))
{
    m_asJson->setObjectName(u"metadataAsJson"_qs);
    m_asJson->setCheckable(true);
    m_asJson->setAutoDefault(false);
    m_asJson->setToolTip(tr("Edit all of the metadata as one JSON object"));
    m_add->setAccessibleName(tr("Add a property to the metadata"));
    m_fault->setObjectName(u"metadataFault"_qs);
    m_fault->setTextFormat(Qt::PlainText);
    m_fault->setWordWrap(true);
    m_fault->hide();
    auto *header = new widgets::SectionHeader(appearance, tr("Metadata"), this);
    header->addWidget(m_asJson);
    header->addWidget(m_add);
    m_column->setContentsMargins({});
    m_column->setSpacing(grid);
    m_column->addWidget(header);
    m_column->addWidget(m_fault);
    m_column->addWidget(m_problems);
    connect(m_add, &QPushButton::clicked, this, &MetadataSection::add);
    connect(m_asJson, &QPushButton::toggled, this, &MetadataSection::showLines);
}

void MetadataSection::showMetadata(const flags::Flag &flag)
{
    if (flag.metadata != m_stored)
        m_fault->hide();
    m_stored = flag.metadata;
    const auto members = flags::jsonMembers(m_stored.value_or(u"{}"_qs));
    m_members = members.value_or(std::vector<JsonMember>());
    // What is no object can be mended as a text alone.
    if (!members && !m_asJson->isChecked())
        m_asJson->setChecked(true);
    showLines();
}

void MetadataSection::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    m_add->setVisible(!readOnly && !m_asJson->isChecked());
    if (m_json)
        m_json->setReadOnly(readOnly);
    for (const Line &line : std::as_const(m_lines)) {
        line.name->setReadOnly(readOnly);
        line.type->setEnabled(!readOnly);
        line.value->setReadOnly(readOnly);
        line.remove->setVisible(!readOnly);
    }
}

void MetadataSection::setProblems(const std::vector<flags::Problem> &problems)
{
    m_problems->setProblems(problems);
}

MetadataSection::Line MetadataSection::makeLine(int index)
{
    auto *widget = new QWidget(this);
    Line line{
        widget, new LineField(u"metadataName"_qs, tr("Property %1").arg(index + 1), widget),
        widgets::choiceBox(u"metadataType"_qs, tr("Type of property %1").arg(index + 1), widget),
        new LineField(u"metadataValue"_qs, tr("Value of property %1").arg(index + 1), widget),
        widgets::iconButton(m_appearance, u"delete"_qs, u"removeMetadata"_qs,
                            tr("Remove property %1").arg(index + 1), widget)};
    line.name->setFont(theme::codeFont());
    line.value->setFont(theme::codeFont());
    line.type->addItems({tr("text"), tr("number"), tr("true"), tr("false"), tr("JSON")});
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins({});
    row->setSpacing(inside);
    row->addWidget(line.name, 2);
    row->addWidget(line.type);
    row->addWidget(line.value, 3);
    row->addWidget(line.remove);
    m_column->insertWidget(1 + index, widget);
    widget->show();
    connect(line.name, &LineField::committed, this,
            [this, index](const QString &text) { rename(index, text); });
    connect(line.type, &QComboBox::activated, this,
            [this, index](int type) { setType(index, type); });
    connect(line.value, &LineField::committed, this,
            [this, index](const QString &text) { setValue(index, text); });
    connect(line.remove, &QToolButton::clicked, this, [this, index] {
        std::vector<JsonMember> members = m_members;
        members.erase(members.begin() + index);
        tell(std::move(members), {});
    });
    return line;
}

void MetadataSection::showLines()
{
    const bool asJson = m_asJson->isChecked();
    if (asJson && !m_json) {
        m_json = new widgets::JsonEdit(m_appearance, u"metadataJson"_qs,
                                       tr("Metadata, a JSON object"), this);
        m_json->setObjectWanted(true);
        m_column->insertWidget(1, m_json);
        connect(m_json, &widgets::JsonEdit::committed, this, [this](const QString &text) {
            emit edited({tr("metadata"), u"metadata"_qs, [text](flags::Flag &flag) {
                             if (text.trimmed().isEmpty())
                                 flag.metadata.reset();
                             else
                                 flag.metadata = text;
                         }});
        });
    }
    if (m_json) {
        m_json->setVisible(asJson);
        m_json->setValue(m_stored.value_or(QString()));
    }
    const qsizetype count = asJson ? 0 : qsizetype(m_members.size());
    while (m_lines.size() < count)
        m_lines.append(makeLine(int(m_lines.size())));
    while (m_lines.size() > count) {
        QWidget *gone = m_lines.takeLast().widget;
        gone->hide();
        gone->deleteLater();
    }
    for (qsizetype i = 0; i < count; ++i) {
        const JsonMember &member = m_members[size_t(i)];
        const MetadataType type = typeOf(member.value);
        const Line &line = m_lines[i];
        line.name->setValue(member.name);
        line.type->setCurrentIndex(type);
        line.value->setValue(flags::textOfJson(member.value).value_or(member.value));
        line.value->setVisible(type != TrueType && type != FalseType);
    }
    setReadOnly(m_isReadOnly);
    if (std::exchange(m_focusNew, false) && !m_lines.isEmpty()) {
        m_lines.last().name->setFocus(Qt::OtherFocusReason);
        m_lines.last().name->selectAll();
    }
}

void MetadataSection::add()
{
    std::vector<JsonMember> members = m_members;
    QString name = u"property"_qs;
    for (int number = 2; std::ranges::find(members, name, &JsonMember::name) != members.end();
         ++number)
        name = u"property-%1"_qs.arg(number);
    members.push_back({name, u"\"\""_qs});
    m_focusNew = true;
    tell(std::move(members), {});
}

void MetadataSection::rename(int index, const QString &name)
{
    std::vector<JsonMember> members = m_members;
    if (name.isEmpty())
        return refuse(index, tr("A property needs a name."));
    if (members[size_t(index)].name != name
        && std::ranges::find(members, name, &JsonMember::name) != members.end())
        return refuse(index, tr("There is a property %1 already.").arg(name));
    members[size_t(index)].name = name;
    tell(std::move(members), u"metadataName%1"_qs.arg(index));
}

void MetadataSection::setType(int index, int type)
{
    std::vector<JsonMember> members = m_members;
    QString &value = members[size_t(index)].value;
    const QString text = flags::textOfJson(value).value_or(value);
    switch (type) {
    case TextType:
        value = flags::jsonText(typeOf(value) == TextType ? text : value);
        break;
    case NumberType:
        value = isJsonNumber(text) ? text.trimmed() : u"0"_qs;
        break;
    case TrueType:
        value = u"true"_qs;
        break;
    case FalseType:
        value = u"false"_qs;
        break;
    default:
        value = flags::isJson(text) && typeOf(flags::compactJson(text)) == JsonType
                    ? flags::compactJson(text)
                    : u"{}"_qs;
        break;
    }
    tell(std::move(members), {});
}

void MetadataSection::setValue(int index, const QString &text)
{
    std::vector<JsonMember> members = m_members;
    QString &value = members[size_t(index)].value;
    switch (typeOf(value)) {
    case TextType:
        value = flags::jsonText(text);
        break;
    case NumberType:
        if (!isJsonNumber(text))
            return refuse(index, tr("“%1” is no number.").arg(text));
        value = text.trimmed();
        break;
    default:
        if (!flags::isJson(text))
            return refuse(index, tr("“%1” is no JSON.").arg(text));
        value = flags::compactJson(text);
        break;
    }
    tell(std::move(members), u"metadataValue%1"_qs.arg(index));
}

/// What was typed stands until it is mended; the flag keeps what it had.
void MetadataSection::refuse(int index, const QString &why)
{
    QPalette colours;
    colours.setColor(QPalette::WindowText, m_appearance.tokens().bad);
    m_fault->setPalette(colours);
    m_fault->setText(theme::stateGlyph(theme::State::Bad) + u' '
                     + tr("Property %1 was not changed: %2").arg(index + 1).arg(why));
    m_fault->show();
}

void MetadataSection::tell(std::vector<JsonMember> members, const QString &topic)
{
    m_fault->hide();
    emit edited({tr("metadata"), topic, [members = std::move(members)](flags::Flag &flag) {
                     // Flipt stores no empty object: NULL stands for it.
                     if (members.empty())
                         flag.metadata.reset();
                     else
                         flag.metadata = flags::jsonObject(members);
                 }});
}

} // namespace edgewise::flagspage
