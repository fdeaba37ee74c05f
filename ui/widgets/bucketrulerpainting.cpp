// SPDX-License-Identifier: GPL-3.0-or-later
// How a BucketRuler looks; what it does is in bucketruler.cpp.
#include <theme/appearance.h>
#include <widgets/bucketruler.h>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using evaluation::BucketRange;

namespace {

constexpr int savedHeight = 5;
constexpr int movedHeight = 3;
constexpr int handleWidth = 7;
constexpr int tickSize = 4;

/// A fill with an outline; a negative colour is the hatch of buckets that nobody gets.
void paintRange(QPainter &painter, const QRectF &rect, const theme::Appearance &appearance,
                int colour)
{
    if (rect.width() <= 0)
        return;
    const QColor fill = appearance.theme().variant(colour);
    painter.setPen(appearance.tokens().border);
    painter.setBrush(colour < 0 ? QBrush(fill, Qt::BDiagPattern) : QBrush(fill));
    painter.drawRect(rect);
}

} // namespace

void BucketRuler::paintRanges(QPainter &painter) const
{
    const QRectF bar = barRect();
    const QFontMetrics metrics = painter.fontMetrics();
    const auto paintOne = [&](int first, int end, const QString &label, int colour) {
        const QRectF rect(xOf(first), bar.top(), xOf(end) - xOf(first), bar.height());
        paintRange(painter, rect, m_appearance, colour);
        const bool isWhole = (end - first) * 100 % m_layout.count == 0;
        const QString share =
            locale().toString(100.0 * (end - first) / m_layout.count, 'f', isWhole ? 0 : 1)
            + u" %"_qs;
        const int room = int(rect.width()) - grid;
        const QString whole = label + u' ' + share;
        const QString text = metrics.horizontalAdvance(whole) <= room   ? whole
                             : metrics.horizontalAdvance(share) <= room ? share
                                                                        : QString();
        painter.setPen(m_appearance.tokens().text);
        painter.drawText(QRectF(rect.left(), 0, rect.width(), metrics.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    for (int i = 0; i < boundaryCount(); ++i) {
        const BucketRange &range = m_layout.ranges[size_t(i)];
        if (range.width() > 0)
            paintOne(range.first, range.end, m_looks[i].label, m_looks[i].colour);
    }
    if (m_layout.unmatched < m_layout.count)
        paintOne(m_layout.unmatched, m_layout.count, m_unmatchedLabel, -1);
}

/// Numbers under the boundaries, as many as have room.
void BucketRuler::paintBounds(QPainter &painter) const
{
    QList<int> bounds{0, m_layout.count};
    for (const BucketRange &range : m_layout.ranges)
        bounds.append(range.end);
    const QFontMetrics metrics = painter.fontMetrics();
    const double bottom = height() - metrics.descent();
    QList<QRectF> taken;
    // The current boundary's number before all others: it is the one that is being changed.
    if (m_current >= 0 && hasFocus())
        bounds.prepend(m_layout.ranges[size_t(m_current)].end);
    painter.setPen(m_appearance.tokens().secondary);
    for (const int bound : bounds) {
        const QString text = locale().toString(bound);
        const double wide = metrics.horizontalAdvance(text);
        const double left = std::clamp(xOf(bound) - wide / 2, 0.0, width() - wide);
        const QRectF rect(left - grid, 0, wide + 2 * grid, 1);
        const bool isFree = std::none_of(taken.cbegin(), taken.cend(), [&](const QRectF &other) {
            return other.left() < rect.right() && rect.left() < other.right();
        });
        if (!isFree)
            continue;
        taken.append(rect);
        painter.drawText(QPointF(left, bottom), text);
    }
}

/// The saved layout as a thin bar, and between the two the buckets that move.
void BucketRuler::paintSaved(QPainter &painter) const
{
    if (!m_saved)
        return;
    const double top = barRect().bottom() + 1;
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_appearance.tokens().text);
    for (const evaluation::BucketMove &move : movedBuckets(*m_saved, m_layout)) {
        painter.drawRect(QRectF(xOf(move.first), top,
                                std::max(1.0, xOf(move.end) - xOf(move.first)), movedHeight));
    }
    const auto colourOf = [&](const VariantId &variant) {
        for (int i = 0; i < boundaryCount(); ++i) {
            if (m_layout.ranges[size_t(i)].variant == variant)
                return m_looks[i].colour;
        }
        return -1;
    };
    const double savedTop = top + movedHeight + 1;
    for (const BucketRange &range : m_saved->ranges) {
        paintRange(painter,
                   {xOf(range.first), savedTop, xOf(range.end) - xOf(range.first), savedHeight},
                   m_appearance, colourOf(range.variant));
    }
    if (m_saved->unmatched < m_saved->count) {
        paintRange(painter,
                   {xOf(m_saved->unmatched), savedTop,
                    xOf(m_saved->count) - xOf(m_saved->unmatched), savedHeight},
                   m_appearance, -1);
    }
}

void BucketRuler::paintHandles(QPainter &painter) const
{
    const theme::Tokens &tokens = m_appearance.tokens();
    const QRectF bar = barRect();
    for (int i = 0; !m_readOnly && i < boundaryCount(); ++i) {
        const bool isCurrent = i == m_current && hasFocus();
        const double x = xOf(m_layout.ranges[size_t(i)].end);
        painter.setPen(QPen(isCurrent ? tokens.accent : tokens.text, isCurrent ? 2 : 1));
        painter.setBrush(tokens.surface);
        painter.drawRoundedRect(
            QRectF(x - handleWidth / 2.0, bar.top() - 2, handleWidth, bar.height() + 4), 2, 2);
    }
    if (m_entity >= 0 && m_entity < m_layout.count) {
        // The tick points at the middle of the bucket.
        const double x = (xOf(m_entity) + xOf(m_entity + 1)) / 2;
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.text);
        painter.drawPolygon(QPolygonF{{x - tickSize, bar.top() - tickSize},
                                      {x + tickSize, bar.top() - tickSize},
                                      {x, bar.top() + 1}});
        painter.setPen(tokens.text);
        painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom()));
    }
}

void BucketRuler::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme::textFont(theme::TextSize::Small));
    paintRanges(painter);
    paintSaved(painter);
    paintHandles(painter);
    paintBounds(painter);
}

} // namespace edgewise::widgets
