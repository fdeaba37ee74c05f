// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/flagedit.h>

#include <QTimer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class KeyLabel;
class LineField;
class ProblemLines;
class ToggleSwitch;
} // namespace edgewise::widgets

namespace edgewise::flagspage {

/// Key, switch, name, type, age and description of a flag.
class FlagHead : public QWidget {
    Q_OBJECT

public:
    explicit FlagHead(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void showFlag(const flags::Flag &flag);
    void setReadOnly(bool readOnly);
    /// Of the name.
    void setProblems(const std::vector<flags::Problem> &problems);
    void flush();
    void focusName();

signals:
    void edited(const edgewise::flagspage::FlagEdit &edit);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void flushDescription();

    widgets::LineField *m_name;
    QPlainTextEdit *m_description;
    widgets::KeyLabel *m_key;
    widgets::ToggleSwitch *m_enabled;
    QLabel *m_type;
    widgets::ProblemLines *m_problems;
    QTimer m_pause;
    bool m_isDescribing = false; ///< the description was typed and has not been told
};

} // namespace edgewise::flagspage
