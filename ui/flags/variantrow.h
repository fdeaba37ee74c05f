// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/flagedit.h>

#include <QWidget>

class QRadioButton;
class QToolButton;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class JsonEdit;
class LineField;
class ProblemLines;
class Swatch;
} // namespace edgewise::widgets

namespace edgewise::flagspage {

/// One variant: colour, key, name and whether it is the default, edited in place; description and
/// attachment unfold under it.
class VariantRow : public QWidget {
    Q_OBJECT

public:
    VariantRow(const theme::Appearance &appearance, const VariantId &id, QWidget *parent = nullptr);

    const VariantId &id() const { return m_variant; }
    /// `index` is the variant's place in its flag.
    void showVariant(const flags::Flag &flag, int index);
    void setReadOnly(bool readOnly);
    void setProblems(const std::vector<flags::Problem> &problems);
    void focusKey();

signals:
    void edited(const edgewise::flagspage::FlagEdit &edit);

private:
    void unfold(bool unfolded);
    void createDetails();
    void toggleDefault();
    void tell(const QString &label, const QString &topic,
              const std::function<void(flags::Variant &)> &apply);

    const theme::Appearance &m_appearance;
    VariantId m_variant;
    flags::Variant m_shown;
    bool m_isDefault = false;
    bool m_isReadOnly = false;
    widgets::Swatch *m_swatch;
    widgets::LineField *m_key;
    widgets::LineField *m_name;
    QRadioButton *m_default;
    QToolButton *m_more;
    QToolButton *m_remove;
    widgets::ProblemLines *m_problems;
    QWidget *m_details = nullptr; ///< made when it is first unfolded
    widgets::LineField *m_description = nullptr;
    widgets::JsonEdit *m_attachment = nullptr;
};

} // namespace edgewise::flagspage
