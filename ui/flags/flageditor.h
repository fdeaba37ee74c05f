// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QScrollArea>
#include <QTimer>

class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class KeyLabel;
class ToggleSwitch;
} // namespace edgewise::widgets

namespace edgewise::flagspage {

/// One flag. What is typed is told as a whole new value, once typing pauses and at the latest when
/// the field is left; commit() tells it at once.
class FlagEditor : public QScrollArea {
    Q_OBJECT

public:
    explicit FlagEditor(const theme::Appearance &appearance, QWidget *parent = nullptr);
    ~FlagEditor() override;

    /// Null shows that nothing is chosen. A value that differs only in what is not being typed at
    /// this moment leaves the typing alone.
    void setFlag(std::shared_ptr<const flags::Flag> flag);
    std::shared_ptr<const flags::Flag> flag() const { return m_flag; }
    /// Sentences about this flag, shown under its head.
    void setProblems(const QStringList &problems);
    void setReadOnly(bool readOnly);
    /// Tells what has been typed and not been told yet.
    void commit();
    void focusName();

signals:
    void edited(const edgewise::flags::Flag &flag);

private:
    void createHead(QVBoxLayout *column);
    void showTexts();
    void showParts();
    void typed();

    const theme::Appearance &m_appearance;
    std::shared_ptr<const flags::Flag> m_flag;
    QTimer m_pause;
    bool m_dirty = false;

    QWidget *m_body;
    QLineEdit *m_name;
    QPlainTextEdit *m_description;
    widgets::KeyLabel *m_key;
    widgets::ToggleSwitch *m_enabled;
    QLabel *m_type;
    QLabel *m_problems;
    QVBoxLayout *m_parts;
};

} // namespace edgewise::flagspage
