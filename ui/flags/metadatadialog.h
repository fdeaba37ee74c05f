// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace edgewise::flagspage {

/// One property of the metadata, set or removed.
struct MetadataEdit {
    QString name;
    std::optional<QString> value; ///< JSON; nothing removes the property
};

/// The metadata with that done. Other properties keep their value and order; what is no JSON object
/// is left as it is.
std::optional<QString> edited(const std::optional<QString> &metadata, const MetadataEdit &edit);

/// Asks which property is to be set or removed on several flags, and says what that changes.
class MetadataDialog : public QDialog {
    Q_OBJECT

public:
    explicit MetadataDialog(std::vector<std::shared_ptr<const flags::Flag>> flags,
                            QWidget *parent = nullptr);

    /// Of an accepted dialog.
    MetadataEdit edit() const;

private:
    void createFields();
    void judge();
    /// Nothing where what was typed is no value of its type.
    std::optional<QString> value() const;
    QString consequence() const;

    std::vector<std::shared_ptr<const flags::Flag>> m_flags;
    QRadioButton *m_set;
    QRadioButton *m_remove;
    QLineEdit *m_name;
    QComboBox *m_type;
    QLineEdit *m_value;
    QLabel *m_summary;
    QPushButton *m_go;
};

} // namespace edgewise::flagspage
