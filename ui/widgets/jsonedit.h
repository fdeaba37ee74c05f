// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QsciScintilla;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// A JSON text with highlighting, brackets that are shown in pairs, and a sentence that says where
/// it stops being JSON. What was typed is told once typing pauses and at the latest when the field
/// is left, faulty or not.
class JsonEdit : public QWidget {
    Q_OBJECT

public:
    /// `name` is the object name of the text, `label` what it is called.
    JsonEdit(const theme::Appearance &appearance, const QString &name, const QString &label,
             QWidget *parent = nullptr);
    ~JsonEdit() override;

    /// Leaves the typing alone when there is some.
    void setValue(const QString &text);
    QString text() const;
    void setReadOnly(bool readOnly);
    /// Asks for an object instead of any value; an empty text is none.
    void setObjectWanted(bool wanted);
    void flush();

signals:
    void committed(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void judge();
    void format();
    void takeTheme();
    void fitHeight();

    const theme::Appearance &m_appearance;
    QsciScintilla *m_text;
    QLabel *m_fault;
    QPushButton *m_format;
    QTimer m_pause;
    bool m_dirty = false;
    bool m_isObjectWanted = false;
    bool m_isReadOnly = false;
};

} // namespace edgewise::widgets
