// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/state.h>

#include <QIconEngine>

#include <optional>

namespace edgewise::theme {

class Appearance;

/// Draws a line SVG in a colour of the theme at the moment of painting.
class IconEngine : public QIconEngine {
public:
    IconEngine(const Appearance &appearance, QString name, std::optional<State> colour = {});

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine *clone() const override;

private:
    const Appearance &m_appearance;
    QString m_name;
    std::optional<State> m_colour;
};

/// Draws the icon of that name, square and centred in `rect`. An unknown name draws nothing and
/// logs a warning.
void paintIcon(QPainter *painter, const QRect &rect, const QString &name, const QColor &colour);

} // namespace edgewise::theme
