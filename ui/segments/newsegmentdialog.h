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

namespace edgewise::segmentspage {

/// Asks for name, key and match type of a new segment. The key follows the name until it is edited
/// itself.
class NewSegmentDialog : public QDialog {
    Q_OBJECT

public:
    /// `nameSpace` tells which keys are taken.
    NewSegmentDialog(const theme::Appearance &appearance,
                     std::shared_ptr<const flags::Namespace> nameSpace, QWidget *parent = nullptr);

    flags::Segment segment() const;

private:
    void judge();

    std::shared_ptr<const flags::Namespace> m_nameSpace;
    QLineEdit *m_name;
    widgets::KeyField *m_key;
    QLineEdit *m_description;
    QRadioButton *m_all;
    QRadioButton *m_any;
    QLabel *m_problem;
    QPushButton *m_create;
};

} // namespace edgewise::segmentspage
