// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/keyfromname.h>
#include <theme/appearance.h>
#include <widgets/keyfield.h>

namespace edgewise::widgets {

KeyField::KeyField(QWidget *parent) : QLineEdit(parent)
{
    setFont(theme::codeFont());
    connect(this, &QLineEdit::textEdited, this, [this](const QString &key) {
        m_follows = key.isEmpty();
        if (const QString typed = flags::typedKey(key); typed != key) {
            const int position = cursorPosition();
            setText(typed);
            setCursorPosition(position);
        }
    });
}

void KeyField::follow(const QLineEdit *name)
{
    connect(name, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (m_follows)
            setText(flags::keyFromName(text));
    });
}

void KeyField::startOver()
{
    clear();
    m_follows = true;
}

} // namespace edgewise::widgets
