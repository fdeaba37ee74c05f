// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/theme.h>

#include <QFontDatabase>

namespace edgewise::theme {

Theme Theme::light()
{
    return Theme(false);
}

Theme Theme::dark()
{
    return Theme(true);
}

QPalette Theme::palette() const
{
    const Tokens &colours = tokens();
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &colour) {
        palette.setColor(QPalette::All, role, colour);
    };
    set(QPalette::Window, colours.ground);
    set(QPalette::WindowText, colours.text);
    set(QPalette::Base, colours.surface);
    set(QPalette::AlternateBase, colours.ground);
    set(QPalette::Text, colours.text);
    set(QPalette::PlaceholderText, colours.secondary);
    set(QPalette::Button, colours.surface);
    set(QPalette::ButtonText, colours.text);
    set(QPalette::BrightText, colours.bad);
    set(QPalette::ToolTipBase, colours.surface);
    set(QPalette::ToolTipText, colours.text);
    set(QPalette::Highlight, colours.selection);
    set(QPalette::HighlightedText, colours.text);
    set(QPalette::Link, colours.accent);
    set(QPalette::LinkVisited, colours.accent);
    // Fusion derives its frames and shadows from these.
    set(QPalette::Light, colours.surface);
    set(QPalette::Midlight, colours.hover);
    set(QPalette::Mid, colours.border);
    set(QPalette::Dark, colours.border);
    set(QPalette::Shadow, colours.border);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::ToolTipText})
        palette.setColor(QPalette::Disabled, role, colours.secondary);
    return palette;
}

QColor Theme::state(State state) const
{
    const Tokens &colours = tokens();
    switch (state) {
    case State::Ok:
        return colours.ok;
    case State::Warn:
        return colours.warn;
    case State::Late:
        return colours.late;
    case State::Bad:
        return colours.bad;
    case State::Off:
        return colours.off;
    case State::Foreign:
        return colours.foreign;
    }
    Q_UNREACHABLE();
}

QColor Theme::environment(Environment environment) const
{
    switch (environment) {
    case Environment::Local:
        return Qt::transparent;
    case Environment::Development:
        return tokens().accent;
    case Environment::Staging:
        return tokens().warn;
    case Environment::Production:
        return tokens().bad;
    }
    Q_UNREACHABLE();
}

QColor Theme::variant(int index) const
{
    const auto &colours = variantColours();
    return index < 0 ? tokens().secondary : colours[static_cast<size_t>(index) % colours.size()];
}

QFont textFont(TextSize size, QFont::Weight weight)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    font.setPixelSize(static_cast<int>(size));
    font.setWeight(weight);
    return font;
}

QFont codeFont(TextSize size)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(static_cast<int>(size));
    font.setStyleHint(QFont::Monospace);
    return font;
}

} // namespace edgewise::theme
