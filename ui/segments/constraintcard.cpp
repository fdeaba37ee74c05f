// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/constraintrules.h>
#include <flags/validate.h>
#include <segments/constraintcard.h>
#include <segments/constraintvalue.h>
#include <segments/operatorwords.h>
#include <theme/appearance.h>
#include <widgets/linefield.h>
#include <widgets/parts.h>
#include <widgets/problemlines.h>

#include <QComboBox>
#include <QToolButton>

#include <algorithm>

namespace edgewise::segmentspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using widgets::LineField;

ConstraintCard::ConstraintCard(const theme::Appearance &appearance, const ConstraintId &id,
                               QWidget *parent)
    : QFrame(parent), m_appearance(appearance),
      m_type(widgets::choiceBox(u"constraintType"_qs, tr("Type"), this)),
      m_property(new LineField(u"constraintProperty"_qs, tr("Property of the context"), this)),
      m_operator(widgets::choiceBox(u"constraintOperator"_qs, tr("Operator"), this)),
      m_value(new ConstraintValue(appearance, this)),
      m_description(new LineField(u"constraintDescription"_qs, tr("Description"), this)),
      m_remove(widgets::iconButton(appearance, u"delete"_qs, u"removeConstraint"_qs,
                                   tr("Remove constraint"), this)),
      m_verdict(widgets::quietLabel({}, this)),
      m_problems(new widgets::ProblemLines(appearance, this))
{
    m_constraint.id = id;
    setObjectName(u"constraintCard"_qs);
    m_property->setPlaceholderText(tr("property"));
    m_property->setFont(theme::codeFont());
    m_property->setMinimumWidth(72);
    m_description->setPlaceholderText(tr("Description"));
    m_verdict->setObjectName(u"constraintVerdict"_qs);
    m_verdict->hide();
    for (int type = flags::StringConstraint; type <= flags::EntityIdConstraint; ++type)
        m_type->addItem(constraintTypeText(type), type);
    auto *line = new QHBoxLayout;
    line->setSpacing(inside);
    line->addWidget(m_type, 2);
    line->addWidget(m_property, 3);
    line->addWidget(m_operator, 3);
    line->addWidget(m_remove);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(inside, inside, inside, inside);
    column->setSpacing(grid);
    column->addLayout(line);
    column->addWidget(m_value);
    column->addWidget(m_description);
    column->addWidget(m_verdict);
    column->addWidget(m_problems);

    connect(m_type, &QComboBox::activated, this, &ConstraintCard::chooseType);
    connect(m_operator, &QComboBox::activated, this, &ConstraintCard::chooseOperator);
    connect(m_property, &LineField::committed, this, [this](const QString &text) {
        flags::Constraint constraint = m_constraint;
        constraint.property = text;
        emit edited(constraint);
    });
    connect(m_value, &ConstraintValue::committed, this, [this](const QString &value) {
        flags::Constraint constraint = m_constraint;
        constraint.value = value;
        emit edited(constraint);
    });
    connect(m_description, &LineField::committed, this, [this](const QString &text) {
        flags::Constraint constraint = m_constraint;
        constraint.description = text;
        emit edited(constraint);
    });
    connect(m_remove, &QToolButton::clicked, this, &ConstraintCard::removeRequested);
}

void ConstraintCard::showConstraint(const flags::Constraint &constraint, int number)
{
    m_constraint = constraint;
    int type = m_type->findData(constraint.type);
    if (type < 0) {
        m_type->addItem(constraintTypeText(constraint.type), constraint.type);
        type = m_type->count() - 1;
    }
    m_type->setCurrentIndex(type);
    m_property->setValue(constraint.property);
    m_property->setEnabled(constraint.type != flags::EntityIdConstraint
                           || constraint.property != u"entityId");
    showOperators();
    m_value->showValue(constraint);
    m_description->setValue(constraint.description.value_or(QString()));
    m_remove->setAccessibleName(tr("Remove constraint %1").arg(number));
    setAccessibleName(tr("Constraint %1: %2 %3 %4")
                          .arg(QString::number(number), constraint.property,
                               operatorText(constraint.type, constraint.operatorName),
                               constraint.value));
}

void ConstraintCard::showOperators()
{
    m_operator->clear();
    for (const QLatin1StringView name : flags::operatorsOf(m_constraint.type))
        m_operator->addItem(operatorText(m_constraint.type, QString(name)), QString(name));
    int current = m_operator->findData(m_constraint.operatorName);
    if (current < 0) {
        m_operator->addItem(m_constraint.operatorName, m_constraint.operatorName);
        current = m_operator->count() - 1;
    }
    m_operator->setCurrentIndex(current);
}

void ConstraintCard::setReadOnly(bool readOnly)
{
    m_type->setEnabled(!readOnly);
    m_property->setReadOnly(readOnly);
    m_operator->setEnabled(!readOnly);
    m_value->setReadOnly(readOnly);
    m_description->setReadOnly(readOnly);
    m_remove->setVisible(!readOnly);
}

void ConstraintCard::setProblems(const std::vector<flags::Problem> &problems)
{
    m_problems->setProblems(problems);
}

void ConstraintCard::setVerdict(std::optional<bool> passed, const QString &why)
{
    m_verdict->setVisible(passed.has_value());
    if (!passed)
        return;
    m_verdict->setText(theme::stateGlyph(*passed ? theme::State::Ok : theme::State::Bad) + u' '
                       + (*passed ? tr("passes") : tr("fails"))
                       + (why.isEmpty() ? QString() : u": "_qs + why));
}

void ConstraintCard::focusProperty()
{
    m_property->setFocus(Qt::OtherFocusReason);
    m_property->selectAll();
}

void ConstraintCard::flush()
{
    m_property->flush();
    m_value->flush();
    m_description->flush();
}

/// What the old value cannot mean for the new type goes (Flipt's form starts anew as well).
void ConstraintCard::chooseType(int index)
{
    flags::Constraint constraint = m_constraint;
    constraint.type = m_type->itemData(index).toInt();
    if (constraint.type == m_constraint.type)
        return;
    const auto operators = flags::operatorsOf(constraint.type);
    const bool known = std::ranges::any_of(
        operators, [&](QLatin1StringView name) { return name == constraint.operatorName; });
    if (!known && !operators.empty())
        constraint.operatorName = QString(operators.front());
    if (constraint.type == flags::EntityIdConstraint)
        constraint.property = u"entityId"_qs;
    else if (m_constraint.type == flags::EntityIdConstraint)
        constraint.property.clear();
    if (!known || flags::takesList(constraint.operatorName)
        || constraint.type == flags::DateTimeConstraint
        || m_constraint.type == flags::DateTimeConstraint)
        constraint.value = flags::takesList(constraint.operatorName) ? u"[]"_qs : QString();
    emit edited(constraint);
}

void ConstraintCard::chooseOperator(int index)
{
    flags::Constraint constraint = m_constraint;
    constraint.operatorName = m_operator->itemData(index).toString();
    if (constraint.operatorName == m_constraint.operatorName)
        return;
    const bool list = flags::takesList(constraint.operatorName);
    const bool wasList = flags::takesList(m_constraint.operatorName);
    if (!flags::takesValue(constraint.operatorName))
        constraint.value.clear();
    else if (list != wasList)
        constraint.value = list ? u"[]"_qs : QString();
    emit edited(constraint);
}

void ConstraintCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_appearance.tokens().border);
    painter.setBrush(m_appearance.tokens().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace edgewise::segmentspage
