// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <array>

/// Every colour, size and distance of the window. No other file holds a colour literal.
namespace edgewise::theme {

/// The colours of one theme. Those marked (text) are read as text: at least 4.5:1 on `ground` and
/// on `surface`.
struct Tokens {
    QColor ground;    ///< the page
    QColor surface;   ///< cards, tables, fields
    QColor border;    ///< hairlines
    QColor text;      ///< (text)
    QColor secondary; ///< (text) labels, hints
    QColor accent;    ///< (text) selection, focus ring, the primary button
    QColor onAccent;  ///< text on `accent`
    QColor selection; ///< ground of selected rows and text; `text` is written on it
    QColor hover;     ///< ground under the pointer; `text` is written on it
    QColor ok;        ///< (text) in sync, enabled, passed
    QColor warn;      ///< (text) catching up, in flight
    QColor late;      ///< (text) stalled, over budget
    QColor bad;       ///< (text) diverged, error, failed
    QColor off;       ///< (text) unreachable, disabled, not reached
    QColor foreign;   ///< (text) follows another primary
    QColor added;     ///< ground of a difference, with `text` on it and a + in the gutter
    QColor removed;   ///< the same with −
    QColor changed;   ///< the same with ~
};

const Tokens &lightTokens();
const Tokens &darkTokens();

/// Fills for variants, apart for colour-blind eyes, in the order of a flag's variants; the same in
/// both themes, always with an outline and a label in `text`.
const std::array<QColor, 8> &variantColours();

/// WCAG 2.1 contrast ratio of two opaque colours, 1 to 21.
double contrast(const QColor &a, const QColor &b);

/// Distances in device-independent pixels, multiples of 4.
namespace metrics {
inline constexpr int grid = 4;
inline constexpr int inside = 8;   ///< between what belongs together
inline constexpr int between = 12; ///< between groups
inline constexpr int around = 16;  ///< around a page
inline constexpr int row = 28;
inline constexpr int compactRow = 24;
inline constexpr int radius = 4;
inline constexpr int iconSmall = 16;
inline constexpr int iconLarge = 20;
inline constexpr int environmentLine = 3;
} // namespace metrics

/// The only text sizes, in device-independent pixels.
enum class TextSize { Small = 11, Body = 13, Heading = 16, Title = 20 };

} // namespace edgewise::theme
