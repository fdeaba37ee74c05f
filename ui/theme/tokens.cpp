// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/tokens.h>

#include <cmath>

namespace edgewise::theme {

namespace {

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
           + 0.0722 * linear(colour.blueF());
}

} // namespace

const Tokens &lightTokens()
{
    static const Tokens tokens{
        .ground = QColor(0xF6F7F9),
        .surface = QColor(0xFFFFFF),
        .border = QColor(0xD0D7DE),
        .text = QColor(0x1B1F24),
        .secondary = QColor(0x57606A),
        .accent = QColor(0x0B63CE),
        .onAccent = QColor(0xFFFFFF),
        .selection = QColor(0xD8E8FC),
        .hover = QColor(0xEAEEF2),
        .ok = QColor(0x1A7F37),
        .warn = QColor(0x8A5C00),
        .late = QColor(0xBC4C00),
        .bad = QColor(0xCF222E),
        .off = QColor(0x57606A),
        .foreign = QColor(0x8250DF),
        .added = QColor(0xDAFBE1),
        .removed = QColor(0xFFEBE9),
        .changed = QColor(0xFFF8C5),
    };
    return tokens;
}

const Tokens &darkTokens()
{
    static const Tokens tokens{
        .ground = QColor(0x0D1117),
        .surface = QColor(0x161B22),
        .border = QColor(0x3D444D),
        .text = QColor(0xE6EDF3),
        .secondary = QColor(0x9198A1),
        .accent = QColor(0x4493F8),
        .onAccent = QColor(0x0D1117),
        .selection = QColor(0x1B3558),
        .hover = QColor(0x21262D),
        .ok = QColor(0x3FB950),
        .warn = QColor(0xD29922),
        .late = QColor(0xDB6D28),
        .bad = QColor(0xF85149),
        .off = QColor(0x9198A1),
        .foreign = QColor(0xAB7DF8),
        .added = QColor(0x12331D),
        .removed = QColor(0x3C1618),
        .changed = QColor(0x3A2F0B),
    };
    return tokens;
}

const std::array<QColor, 8> &variantColours()
{
    static const std::array<QColor, 8> colours{QColor(0x0072B2), QColor(0xE69F00), QColor(0x009E73),
                                               QColor(0xCC79A7), QColor(0x56B4E9), QColor(0xD55E00),
                                               QColor(0x999933), QColor(0x882255)};
    return colours;
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace edgewise::theme
