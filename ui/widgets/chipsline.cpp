// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/chipsline.h>

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {
constexpr int chipHeight = 22;
}

ChipsLine::ChipsLine(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_font(theme::codeFont())
{
    // Not Fixed: that would hold it to the height of the size hint, whatever the width asks for.
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChipsLine::setChips(const QStringList &chips, const QString &joint, bool code)
{
    m_chips = chips;
    m_joint = joint;
    m_font = code ? theme::codeFont() : theme::textFont();
    setAccessibleName(chips.join(joint.isEmpty() ? u", "_qs : u' ' + joint + u' '));
    updateGeometry();
    update();
}

QList<ChipsLine::Piece> ChipsLine::arrange(int width) const
{
    const QFontMetrics chipMetrics(m_font);
    const QFontMetrics jointMetrics(theme::textFont(theme::TextSize::Small));
    QList<Piece> pieces;
    int x = 0;
    int y = 0;
    const auto place = [&](int wanted, const QString &text, const QString &whole) {
        if (x > 0 && x + wanted > width) {
            x = 0;
            y += chipHeight + grid;
        }
        pieces.append({QRect(x, y, wanted, chipHeight), text, whole});
        x += wanted + grid;
    };
    for (int i = 0; i < m_chips.size(); ++i) {
        if (i > 0 && !m_joint.isEmpty())
            place(jointMetrics.horizontalAdvance(m_joint), m_joint, {});
        const QString text = chipMetrics.elidedText(m_chips[i], Qt::ElideMiddle,
                                                    std::max(3 * grid, width - 2 * inside));
        place(chipMetrics.horizontalAdvance(text) + 2 * inside, text, m_chips[i]);
    }
    return pieces;
}

int ChipsLine::heightForWidth(int width) const
{
    const QList<Piece> pieces = arrange(width);
    return pieces.isEmpty() ? chipHeight : pieces.last().rect.bottom() + 1;
}

QSize ChipsLine::sizeHint() const
{
    const QList<Piece> pieces = arrange(400);
    int right = 0;
    for (const Piece &piece : pieces)
        right = std::max(right, piece.rect.right() + 1);
    return {right, heightForWidth(std::max(right, 1))};
}

QSize ChipsLine::minimumSizeHint() const
{
    return {80, chipHeight};
}

void ChipsLine::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = m_appearance.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QList<Piece> pieces = arrange(width());
    for (const Piece &piece : pieces) {
        if (piece.whole.isEmpty()) {
            painter.setFont(theme::textFont(theme::TextSize::Small));
            painter.setPen(tokens.secondary);
        } else {
            painter.setPen(tokens.border);
            painter.setBrush(tokens.ground);
            painter.drawRoundedRect(QRectF(piece.rect).adjusted(0.5, 0.5, -0.5, -0.5), radius,
                                    radius);
            painter.setFont(m_font);
            painter.setPen(tokens.text);
        }
        painter.drawText(piece.rect, Qt::AlignCenter | Qt::TextSingleLine, piece.text);
    }
}

bool ChipsLine::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QList<Piece> pieces = arrange(width());
    for (const Piece &piece : pieces)
        if (piece.text != piece.whole && piece.rect.contains(help->pos()) && !piece.whole.isEmpty())
            QToolTip::showText(help->globalPos(), piece.whole, this, piece.rect);
    return true;
}

} // namespace edgewise::widgets
