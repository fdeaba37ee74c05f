// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/bucketbar.h>
#include <theme/appearance.h>

#include <QHelpEvent>
#include <QToolTip>

#include <cmath>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int barHeight = 14;

int variantIndex(const flags::Flag &flag, const VariantId &id)
{
    for (size_t i = 0; i < flag.variants.size(); ++i)
        if (flag.variants[i].id == id)
            return static_cast<int>(i);
    return -1;
}

QString percentText(int buckets, int total)
{
    const double percent = 100.0 * buckets / total;
    const bool whole = buckets * 100 % total == 0;
    return QLocale().toString(percent, 'f', whole ? 0 : 1) + u" %"_qs;
}

} // namespace

QList<BucketRun> runsOf(const flags::Rule &rule, const flags::Flag &flag)
{
    QList<BucketRun> runs;
    int used = 0;
    for (const flags::Distribution &distribution : rule.distributions) {
        const float tenths = static_cast<float>(distribution.rollout) * 10.0F;
        const int width =
            std::clamp(static_cast<int>(std::clamp(tenths, 0.0F, 1000.0F)), 0, 1000 - used);
        const int index = variantIndex(flag, distribution.variant);
        const QString label = index >= 0 ? flag.variants[static_cast<size_t>(index)].key
                                         : distribution.variant.text();
        runs.append({label, width, index >= 0 ? index : static_cast<int>(runs.size())});
        used += width;
    }
    if (used < 1000)
        runs.append({BucketBar::tr("no variant"), 1000 - used, -1});
    return runs;
}

QList<BucketRun> runsOf(const flags::Threshold &threshold)
{
    // Bucket h answers when h < percentage, so a fraction takes one bucket more.
    const int width = static_cast<int>(
        std::ceil(std::clamp(static_cast<float>(threshold.percentage), 0.0F, 100.0F)));
    QList<BucketRun> runs;
    if (width > 0)
        runs.append({threshold.value ? BucketBar::tr("on") : BucketBar::tr("off"), width,
                     threshold.value ? 2 : 5});
    if (width < 100)
        runs.append({BucketBar::tr("next"), 100 - width, -1});
    return runs;
}

BucketBar::BucketBar(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BucketBar::setRuns(const QList<BucketRun> &runs, int total)
{
    m_runs = runs;
    m_total = total;
    QStringList words;
    int from = 0;
    for (const BucketRun &run : runs) {
        words.append(sentence(run, from));
        from += run.buckets;
    }
    setAccessibleName(words.join(u"; "_qs));
    update();
}

QSize BucketBar::sizeHint() const
{
    return {320, minimumSizeHint().height()};
}

QSize BucketBar::minimumSizeHint() const
{
    const int line = QFontMetrics(theme::textFont(theme::TextSize::Small)).height();
    return {120, 2 * line + barHeight + grid};
}

QString BucketBar::sentence(const BucketRun &run, int from) const
{
    const QString share = percentText(run.buckets, m_total);
    if (run.buckets == 0)
        return tr("%1: %2, no bucket").arg(run.label, share);
    return tr("%1: %2, buckets %3 to %4")
        .arg(run.label, share, locale().toString(from), locale().toString(from + run.buckets - 1));
}

QRectF BucketBar::rectOf(qsizetype run) const
{
    int from = 0;
    for (qsizetype i = 0; i < run; ++i)
        from += m_runs[i].buckets;
    const double scale = static_cast<double>(width() - 1) / m_total;
    const int line = QFontMetrics(theme::textFont(theme::TextSize::Small)).height();
    return {from * scale, line + grid / 2.0, m_runs[run].buckets * scale, barHeight};
}

void BucketBar::drawRun(QPainter &painter, const BucketRun &run, const QRectF &rect) const
{
    const theme::Tokens &tokens = m_appearance.tokens();
    const QColor colour = m_appearance.theme().variant(run.colour);
    painter.setPen(tokens.border);
    painter.setBrush(run.colour < 0 ? QBrush(colour, Qt::BDiagPattern) : QBrush(colour));
    painter.drawRect(rect);
    painter.setPen(tokens.text);
    const QFontMetrics metrics = painter.fontMetrics();
    const QString share = percentText(run.buckets, m_total);
    const QString label = run.label + u' ' + share;
    const QRectF over(rect.left(), 0, rect.width(), metrics.height());
    const int room = static_cast<int>(rect.width()) - grid;
    const QString text = metrics.horizontalAdvance(label) <= room   ? label
                         : metrics.horizontalAdvance(share) <= room ? share
                                                                    : QString();
    painter.drawText(over, Qt::AlignLeft | Qt::AlignVCenter, text);
}

void BucketBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(0.5, 0.5);
    painter.setFont(theme::textFont(theme::TextSize::Small));
    const QFontMetrics metrics = painter.fontMetrics();
    int from = 0;
    double lastRight = -1;
    for (qsizetype i = 0; i < m_runs.size(); ++i) {
        if (m_runs[i].buckets == 0)
            continue;
        const QRectF rect = rectOf(i);
        drawRun(painter, m_runs[i], rect);
        const QString bound = locale().toString(from);
        painter.setPen(m_appearance.tokens().secondary);
        const double boundRight = rect.left() + metrics.horizontalAdvance(bound);
        if ((rect.left() > lastRight + inside || i == 0) && boundRight < width()) {
            painter.drawText(QPointF(rect.left(), rect.bottom() + metrics.ascent() + 1), bound);
            lastRight = boundRight;
        }
        from += m_runs[i].buckets;
    }
    const QString end = locale().toString(m_total);
    const double endLeft = width() - 1 - metrics.horizontalAdvance(end);
    const int line = metrics.height();
    if (endLeft > lastRight + inside)
        painter.drawText(QPointF(endLeft, line + grid / 2.0 + barHeight + metrics.ascent() + 1),
                         end);
}

bool BucketBar::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    int from = 0;
    for (qsizetype i = 0; i < m_runs.size(); ++i) {
        if (const QRectF rect = rectOf(i);
            help->pos().x() >= rect.left() && help->pos().x() < rect.right()) {
            QToolTip::showText(help->globalPos(), sentence(m_runs[i], from), this);
            break;
        }
        from += m_runs[i].buckets;
    }
    return true;
}

} // namespace edgewise::flagspage
