// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/theme.h>

#include <QIcon>
#include <QObject>

namespace edgewise::theme {

/// The theme in use, shared by everything that draws. Made once by the program, before the first
/// widget, and handed down by reference; it outlives all widgets. A widget reads theme() while it
/// paints, so that a change needs no more than the repaint that the new palette brings; what it
/// keeps (a chart's pens, rich text) it renews on changed().
class Appearance : public QObject {
    Q_OBJECT

public:
    explicit Appearance(QObject *parent = nullptr);

    Scheme scheme() const { return m_scheme; }
    const Theme &theme() const { return m_theme; }
    const Tokens &tokens() const { return m_theme.tokens(); }

    /// Takes effect at once: style, palette and fonts of the application, then changed().
    void choose(Scheme scheme);

    /// A line icon of resources/icons in the colour of the text around it (accent when it is on,
    /// pale when disabled), at any size and pixel ratio; follows the theme by itself.
    QIcon icon(const QString &name) const;
    /// The same in the colour of a state, and the state's own shape.
    QIcon icon(const QString &name, State colour) const;
    QIcon stateIcon(State state) const;

    /// Draws an icon in a colour; for delegates and own widgets.
    void drawIcon(QPainter *painter, const QRect &rect, const QString &name,
                  const QColor &colour) const;

signals:
    void changed();

private:
    Scheme m_scheme = Scheme::System;
    Theme m_theme = Theme::light();
};

/// What the desktop asks for, as far as it can be learnt before Qt 6.5: the palette it started
/// the program with, or GTK's theme name.
bool systemIsDark();

} // namespace edgewise::theme
