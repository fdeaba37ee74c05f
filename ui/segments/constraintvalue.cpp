// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/constraintrules.h>
#include <segments/constraintvalue.h>
#include <segments/datetimefield.h>
#include <segments/listfield.h>
#include <theme/appearance.h>
#include <widgets/linefield.h>

namespace edgewise::segmentspage {

using namespace Qt::StringLiterals;

ConstraintValue::ConstraintValue(const theme::Appearance &appearance, QWidget *parent)
    : QStackedWidget(parent), m_nothing(new QWidget(this)),
      m_line(new widgets::LineField(u"constraintValue"_qs, tr("Value"), this)),
      m_list(new ListField(appearance, this)), m_time(new DateTimeField(this))
{
    m_line->setFont(theme::codeFont());
    for (QWidget *page : std::initializer_list<QWidget *>{m_nothing, m_line, m_list, m_time})
        addWidget(page);
    connect(m_line, &widgets::LineField::committed, this, &ConstraintValue::committed);
    connect(m_list, &ListField::committed, this, &ConstraintValue::committed);
    connect(m_time, &DateTimeField::committed, this, &ConstraintValue::committed);
}

void ConstraintValue::showValue(const flags::Constraint &constraint)
{
    const bool number = constraint.type == flags::NumberConstraint;
    if (!flags::takesValue(constraint.operatorName)) {
        setCurrentWidget(m_nothing);
    } else if (flags::takesList(constraint.operatorName)) {
        m_list->setValue(constraint.value, number);
        setCurrentWidget(m_list);
    } else if (constraint.type == flags::DateTimeConstraint) {
        m_time->setValue(constraint.value);
        setCurrentWidget(m_time);
    } else {
        m_line->setPlaceholderText(number ? tr("number") : tr("value"));
        m_line->setValue(constraint.value);
        setCurrentWidget(m_line);
    }
    setVisible(currentWidget() != m_nothing);
    updateGeometry();
}

void ConstraintValue::setReadOnly(bool readOnly)
{
    m_line->setReadOnly(readOnly);
    m_list->setReadOnly(readOnly);
    m_time->setReadOnly(readOnly);
}

void ConstraintValue::flush()
{
    m_line->flush();
    if (currentWidget() == m_list)
        m_list->flush();
}

/// As high as what is shown, not as the highest of all.
QSize ConstraintValue::sizeHint() const
{
    return currentWidget() ? currentWidget()->sizeHint() : QStackedWidget::sizeHint();
}

QSize ConstraintValue::minimumSizeHint() const
{
    return currentWidget() ? currentWidget()->minimumSizeHint() : QSize();
}

} // namespace edgewise::segmentspage
