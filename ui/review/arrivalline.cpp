// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/arrivalline.h>
#include <theme/appearance.h>

#include <QHelpEvent>
#include <QToolTip>

namespace edgewise::reviewpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int lineHeight = compactRow;
constexpr int railWidth = 24; ///< of the piece of line between two stops
constexpr int fadeMilliseconds = 1200;

} // namespace

ArrivalLine::ArrivalLine(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance)
{
    setObjectName(u"arrivalLine"_qs);
    // Not Fixed: that would hold it to the height of the size hint, whatever the width asks for.
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_fade.setStartValue(1.0);
    m_fade.setEndValue(0.0);
    m_fade.setDuration(fadeMilliseconds);
    connect(&m_fade, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
    connect(&m_fade, &QVariantAnimation::finished, this, [this] { m_fresh.clear(); });
}

void ArrivalLine::setJourney(const QString &committed, const QList<ArrivalStop> &stops)
{
    if (committed == m_committed && stops == m_stops)
        return;
    for (const ArrivalStop &stop : stops) {
        const auto before =
            std::find_if(m_stops.cbegin(), m_stops.cend(),
                         [&](const ArrivalStop &each) { return each.name == stop.name; });
        const bool wasThere = before != m_stops.cend() && before->state == theme::State::Ok;
        if (stop.state == theme::State::Ok && !wasThere)
            m_fresh.append(stop.name);
    }
    m_committed = committed;
    m_stops = stops;
    QStringList words{committed};
    for (const ArrivalStop &stop : stops)
        words.append(textOf(stop));
    setAccessibleName(words.join(u"; "_qs));
    if (!m_fresh.isEmpty())
        m_fade.start();
    updateGeometry();
    update();
}

QString ArrivalLine::textOf(const ArrivalStop &stop) const
{
    return stop.figure.isEmpty() ? stop.name : stop.name + u' ' + stop.figure;
}

QList<QRect> ArrivalLine::arrange(int width) const
{
    QList<QRect> places;
    int x = 0;
    int y = 0;
    const auto place = [&](int wanted) {
        if (x > 0 && x + railWidth + wanted > width) {
            x = 0;
            y += lineHeight;
        }
        x += places.isEmpty() ? 0 : railWidth;
        places.append(QRect(x, y, wanted, lineHeight));
        x += wanted;
    };
    place(fontMetrics().horizontalAdvance(m_committed) + grid);
    for (const ArrivalStop &stop : m_stops)
        place(iconSmall + grid + fontMetrics().horizontalAdvance(textOf(stop)) + grid);
    return places;
}

int ArrivalLine::heightForWidth(int width) const
{
    return arrange(width).last().bottom() + 1;
}

QSize ArrivalLine::sizeHint() const
{
    return {400, heightForWidth(std::max(width(), 400))};
}

void ArrivalLine::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = m_appearance.tokens();
    const QList<QRect> places = arrange(width());
    QPainter painter(this);
    painter.setPen(tokens.text);
    painter.drawText(places[0], Qt::AlignVCenter | Qt::TextSingleLine, m_committed);
    for (qsizetype i = 0; i < m_stops.size(); ++i) {
        const ArrivalStop &stop = m_stops[i];
        const QRect &place = places[i + 1];
        const int middle = place.center().y();
        painter.setPen(stop.state == theme::State::Ok ? QPen(tokens.secondary)
                                                      : QPen(tokens.secondary, 1, Qt::DashLine));
        painter.drawLine(place.left() - railWidth + grid, middle, place.left() - grid, middle);
        if (m_fresh.contains(stop.name)) {
            painter.save();
            painter.setOpacity(m_fade.currentValue().toDouble());
            painter.fillRect(place.adjusted(-grid / 2, 1, grid / 2, -1), tokens.added);
            painter.restore();
        }
        const QRect icon(place.left(), middle - iconSmall / 2 + 1, iconSmall, iconSmall);
        m_appearance.drawIcon(&painter, icon, theme::stateIconName(stop.state),
                              m_appearance.theme().state(stop.state));
        painter.setPen(tokens.text);
        painter.drawText(place.adjusted(iconSmall + grid, 0, 0, 0),
                         Qt::AlignVCenter | Qt::TextSingleLine, textOf(stop));
    }
}

bool ArrivalLine::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QList<QRect> places = arrange(width());
    for (qsizetype i = 0; i < m_stops.size(); ++i)
        if (places[i + 1].contains(help->pos()))
            QToolTip::showText(help->globalPos(), m_stops[i].why, this, places[i + 1]);
    return true;
}

} // namespace edgewise::reviewpage
