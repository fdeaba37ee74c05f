// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/jsonedit.h>
#include <widgets/linefield.h>

#include <QAbstractSpinBox>

namespace edgewise::widgets {

namespace {
constexpr int linePause = 400; ///< milliseconds
}

LineField::LineField(const QString &name, const QString &label, QWidget *parent) : QLineEdit(parent)
{
    setObjectName(name);
    setAccessibleName(label);
    m_pause.setSingleShot(true);
    m_pause.setInterval(linePause);
    connect(&m_pause, &QTimer::timeout, this, &LineField::flush);
    connect(this, &QLineEdit::editingFinished, this, &LineField::flush);
    connect(this, &QLineEdit::textEdited, this, [this] {
        m_dirty = true;
        m_pause.start();
    });
}

LineField::~LineField()
{
    // A line that goes down with its window says that it is finished, to nobody.
    disconnect();
}

void LineField::setValue(const QString &text)
{
    if (m_dirty || text == this->text())
        return;
    const int cursor = cursorPosition();
    setText(text);
    setCursorPosition(hasFocus() ? cursor : 0);
}

void LineField::flush()
{
    m_pause.stop();
    if (!m_dirty)
        return;
    m_dirty = false;
    emit committed(text());
}

void flushFields(const QWidget &parent)
{
    const QList<LineField *> lines = parent.findChildren<LineField *>();
    for (LineField *line : lines)
        line->flush();
    const QList<JsonEdit *> texts = parent.findChildren<JsonEdit *>();
    for (JsonEdit *text : texts)
        text->flush();
    const QList<QAbstractSpinBox *> numbers = parent.findChildren<QAbstractSpinBox *>();
    for (QAbstractSpinBox *number : numbers)
        number->interpretText();
}

} // namespace edgewise::widgets
