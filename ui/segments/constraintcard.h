// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

#include <QFrame>

class QComboBox;
class QLabel;
class QToolButton;

namespace edgewise::flags {
struct Problem;
}
namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class LineField;
class ProblemLines;
} // namespace edgewise::widgets

namespace edgewise::segmentspage {

class ConstraintValue;

/// One constraint: what is compared, how, with what. Tells the whole constraint after each edit.
class ConstraintCard : public QFrame {
    Q_OBJECT

public:
    ConstraintCard(const theme::Appearance &appearance, const ConstraintId &id,
                   QWidget *parent = nullptr);

    const ConstraintId &id() const { return m_constraint.id; }
    void showConstraint(const flags::Constraint &constraint, int number);
    void setReadOnly(bool readOnly);
    void setProblems(const std::vector<flags::Problem> &problems);
    /// Whether it passed when the segment was tried; nothing hides the mark.
    void setVerdict(std::optional<bool> passed, const QString &why);
    void focusProperty();
    void flush();

signals:
    void edited(const edgewise::flags::Constraint &constraint);
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showOperators();
    void chooseType(int index);
    void chooseOperator(int index);

    const theme::Appearance &m_appearance;
    flags::Constraint m_constraint;
    QComboBox *m_type;
    widgets::LineField *m_property;
    QComboBox *m_operator;
    ConstraintValue *m_value;
    widgets::LineField *m_description;
    QToolButton *m_remove;
    QLabel *m_verdict;
    widgets::ProblemLines *m_problems;
};

} // namespace edgewise::segmentspage
