// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/state.h>
#include <theme/tokens.h>

#include <QFont>
#include <QPalette>

namespace edgewise::theme {

/// What the user chose.
enum class Scheme { System, Light, Dark };

/// One look of the window, as a value: colours, palette, fonts.
class Theme {
public:
    static Theme light();
    static Theme dark();

    bool isDark() const { return m_dark; }
    const Tokens &tokens() const { return m_dark ? darkTokens() : lightTokens(); }
    QPalette palette() const;

    QColor state(State state) const;
    /// Transparent for Local: nothing to warn of.
    QColor environment(Environment environment) const;
    /// The fill of a flag's variant by its place among the flag's variants; they repeat after
    /// eight. A negative index is "no variant": draw it as a hatch in this colour.
    QColor variant(int index) const;

    friend bool operator==(const Theme &, const Theme &) = default;

private:
    explicit Theme(bool dark) : m_dark(dark) {}
    bool m_dark = false;
};

/// The system's typeface, and its monospaced one for keys, ids, SQL and JSON.
QFont textFont(TextSize size = TextSize::Body, QFont::Weight weight = QFont::Normal);
QFont codeFont(TextSize size = TextSize::Body);

} // namespace edgewise::theme
