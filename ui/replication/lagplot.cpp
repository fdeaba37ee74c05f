// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/lagplot.h>
#include <theme/appearance.h>

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsLineItem>
#include <QLineSeries>
#include <QValueAxis>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::LagUnit;

LagPlot::LagPlot(const theme::Appearance &appearance, QWidget *parent)
    : QChartView(new QChart, parent), m_appearance(appearance), m_chart(chart()),
      m_time(new QCategoryAxis(m_chart)), m_lag(new QValueAxis(m_chart)),
      m_cursor(new QGraphicsLineItem(m_chart))
{
    setFrameShape(QFrame::NoFrame);
    setMinimumHeight(96);
    m_chart->legend()->hide();
    m_chart->setMargins({0, 0, around, 0}); // half of the last label
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundRoundness(0);
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_lag, Qt::AlignLeft);
    m_time->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_lag->setTickCount(3);
    m_cursor->setZValue(10); // over the lines
    m_cursor->hide();
    connect(&appearance, &theme::Appearance::changed, this, [this] {
        applyTheme();
        emit themeChanged();
    });
    connect(m_chart, &QChart::plotAreaChanged, this, &LagPlot::placeCursor);
    applyTheme();
}

void LagPlot::applyTheme()
{
    const theme::Tokens &tokens = m_appearance.tokens();
    m_chart->setBackgroundBrush(tokens.surface);
    setBackgroundBrush(tokens.surface);
    for (QValueAxis *axis : {static_cast<QValueAxis *>(m_time), m_lag}) {
        axis->setLabelsFont(theme::textFont(theme::TextSize::Small));
        axis->setLabelsColor(tokens.secondary);
        axis->setGridLineColor(tokens.border);
        axis->setLinePenColor(tokens.border);
    }
    m_time->setGridLineVisible(false);
    m_cursor->setPen(QPen(tokens.accent, 1));
}

void LagPlot::setTimes(double from, double to)
{
    for (const QString &label : m_time->categoriesLabels())
        m_time->remove(label);
    constexpr int parts = 3;
    m_time->setRange(from, to);
    m_time->setStartValue(from);
    for (int i = 0; i <= parts; ++i) {
        const double seconds = from + (to - from) * i / parts;
        m_time->append(models::secondsAgoText(seconds), seconds);
    }
    placeCursor();
}

void LagPlot::begin(LagUnit unit, double largest)
{
    m_chart->removeAllSeries();
    m_lag->setRange(0, models::axisEnd(largest, 10));
    m_lag->setLabelFormat(unit == LagUnit::Milliseconds ? u"%.0f ms"_qs : u"%.0f"_qs);
}

void LagPlot::addLine(const QColor &colour, const QList<QPointF> &line)
{
    auto *series = new QLineSeries;
    series->append(line);
    // One sample alone is no line: a dot shows that it was there.
    if (line.size() == 1)
        series->append(line.first() + QPointF(0.2, 0));
    series->setPen(QPen(colour, 2));
    m_chart->addSeries(series);
    series->attachAxis(m_time);
    series->attachAxis(m_lag);
}

void LagPlot::addBand(const models::LagBand &band)
{
    auto *area = new QAreaSeries;
    auto *upper = new QLineSeries(area), *lower = new QLineSeries(area);
    upper->append(band.worst);
    lower->append(band.median);
    area->setUpperSeries(upper);
    area->setLowerSeries(lower);
    QColor fill = m_appearance.tokens().secondary;
    area->setPen(QPen(fill, 1));
    fill.setAlphaF(0.25f);
    area->setBrush(fill);
    m_chart->addSeries(area);
    area->attachAxis(m_time);
    area->attachAxis(m_lag);
}

int LagPlot::columns() const
{
    return std::max(1, int(m_chart->plotArea().width()));
}

double LagPlot::placeAt(const QPointF &position) const
{
    const QRectF plot = m_chart->plotArea();
    return plot.width() > 0 ? (position.x() - x() - plot.left()) / plot.width() : 1;
}

bool LagPlot::isInPlot(const QPointF &position) const
{
    return m_chart->plotArea().contains(position - pos());
}

void LagPlot::setCursorTime(std::optional<double> seconds)
{
    m_cursorTime = seconds;
    placeCursor();
}

void LagPlot::placeCursor()
{
    const QRectF plot = m_chart->plotArea();
    const double length = m_time->max() - m_time->min();
    m_cursor->setVisible(m_cursorTime && length > 0 && *m_cursorTime >= m_time->min()
                         && *m_cursorTime <= m_time->max());
    if (!m_cursor->isVisible())
        return;
    const double at = plot.left() + (*m_cursorTime - m_time->min()) / length * plot.width();
    m_cursor->setLine(at, plot.top(), at, plot.bottom());
}

void LagPlot::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    placeCursor();
}

} // namespace edgewise::replicationpage
