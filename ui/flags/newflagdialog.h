// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class KeyField;
}

namespace edgewise::flagspage {

/// Asks for name, key and type of a new flag. The key follows the name until it is edited itself.
class NewFlagDialog : public QDialog {
    Q_OBJECT

public:
    /// `nameSpace` tells which keys are taken.
    NewFlagDialog(const theme::Appearance &appearance,
                  std::shared_ptr<const flags::Namespace> nameSpace, QWidget *parent = nullptr);

    flags::Flag flag() const;

private:
    void judge();

    const theme::Appearance &m_appearance;
    std::shared_ptr<const flags::Namespace> m_nameSpace;
    QLineEdit *m_name;
    widgets::KeyField *m_key;
    QLineEdit *m_description;
    QRadioButton *m_variant;
    QRadioButton *m_boolean;
    QLabel *m_problem;
    QPushButton *m_create;
};

} // namespace edgewise::flagspage
