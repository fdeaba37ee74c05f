// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <theme/iconengine.h>
#include <theme/style.h>

#include <QApplication>
#include <QStyleFactory>
#include <QToolTip>

namespace edgewise::theme {

using namespace Qt::StringLiterals;

namespace {

Theme resolve(Scheme scheme, bool dark)
{
    if (scheme == Scheme::System)
        return dark ? Theme::dark() : Theme::light();
    return scheme == Scheme::Dark ? Theme::dark() : Theme::light();
}

} // namespace

bool systemIsDark()
{
    if (qEnvironmentVariable("GTK_THEME").endsWith(":dark"_L1))
        return true;
    // Asked once: afterwards the application's palette is ours.
    static const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    return dark;
}

Appearance::Appearance(QObject *parent) : QObject(parent)
{
    systemIsDark();
    // Elsewhere the native style knows better than any drawing of ours what a button looks like.
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    QApplication::setStyle(new Style(*this));
#endif
    choose(Scheme::System);
}

void Appearance::choose(Scheme scheme)
{
    m_scheme = scheme;
    m_theme = resolve(scheme, systemIsDark());
    QApplication::setPalette(m_theme.palette());
    QApplication::setFont(textFont());
    QToolTip::setPalette(m_theme.palette());
    emit changed();
}

QIcon Appearance::icon(const QString &name) const
{
    return QIcon(new IconEngine(*this, name));
}

QIcon Appearance::icon(const QString &name, State colour) const
{
    return QIcon(new IconEngine(*this, name, colour));
}

QIcon Appearance::stateIcon(State state) const
{
    return icon(stateIconName(state), state);
}

void Appearance::drawIcon(QPainter *painter, const QRect &rect, const QString &name,
                          const QColor &colour) const
{
    paintIcon(painter, rect, name, colour);
}

} // namespace edgewise::theme
