// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/logging.h>
#include <theme/appearance.h>
#include <theme/iconengine.h>

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace edgewise::theme {

using namespace Qt::StringLiterals;

namespace {

QPixmap render(const QString &name, const QColor &colour, int pixels)
{
    const QString key = u"edgewise-icon/%1/%2/%3"_qs.arg(name, colour.name(QColor::HexArgb),
                                                         QString::number(pixels));
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file(u":/edgewise/icons/%1.svg"_qs.arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(logWindow, "There is no icon named %s.", qUtf8Printable(name));
        return {};
    }
    // QSvgRenderer does not know CSS's currentColor, so it is put in before the parsing.
    QSvgRenderer renderer(
        file.readAll().replace("currentColor", colour.name(QColor::HexRgb).toLatin1()));
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(colour.alphaF());
    renderer.render(&painter);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace

void paintIcon(QPainter *painter, const QRect &rect, const QString &name, const QColor &colour)
{
    const int side = std::min(rect.width(), rect.height());
    const double ratio = painter->device()->devicePixelRatioF();
    const QRect square(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2,
                       side, side);
    painter->drawPixmap(square, render(name, colour, qRound(side * ratio)));
}

IconEngine::IconEngine(const Appearance &appearance, QString name, std::optional<State> colour)
    : m_appearance(appearance), m_name(std::move(name)), m_colour(colour)
{
}

void IconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state)
{
    const Tokens &tokens = m_appearance.tokens();
    QColor colour = m_colour ? m_appearance.theme().state(*m_colour)
                    : state == QIcon::On || mode == QIcon::Selected ? tokens.accent
                                                                    : tokens.text;
    if (mode == QIcon::Disabled) {
        colour = tokens.secondary;
        colour.setAlphaF(0.6F);
    }
    paintIcon(painter, rect, m_name, colour);
}

QPixmap IconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect(QPoint(), size), mode, state);
    return pixmap;
}

QIconEngine *IconEngine::clone() const
{
    return new IconEngine(*this);
}

} // namespace edgewise::theme
