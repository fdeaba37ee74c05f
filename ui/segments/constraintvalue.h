// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

#include <QStackedWidget>

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class LineField;
}

namespace edgewise::segmentspage {

class DateTimeField;
class ListField;

/// The field that fits a constraint's type and operator: a line, chips, a date with its zone, or
/// nothing where the operator takes no value.
class ConstraintValue : public QStackedWidget {
    Q_OBJECT

public:
    explicit ConstraintValue(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void showValue(const flags::Constraint &constraint);
    void setReadOnly(bool readOnly);
    void flush();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void committed(const QString &value);

private:
    QWidget *m_nothing;
    widgets::LineField *m_line;
    ListField *m_list;
    DateTimeField *m_time;
};

} // namespace edgewise::segmentspage
