// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/nodetablemodel.h>
#include <replication/lagchart.h>
#include <theme/appearance.h>

#include <QButtonGroup>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineSeries>
#include <QToolButton>
#include <QValueAxis>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::LagUnit;

namespace {

constexpr int redrawMilliseconds = 250;
constexpr double gapSeconds = 5; // without a sample: the watch was off, or the computer asleep

QToolButton *choice(const QString &text, const QString &objectName, QButtonGroup *group,
                    QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setObjectName(objectName);
    button->setCheckable(true);
    button->setAutoRaise(true);
    group->addButton(button);
    return button;
}

} // namespace

LagChart::LagChart(const theme::Appearance &appearance, models::LagSeriesModel &model,
                   const Clock &clock, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_model(model), m_clock(clock),
      m_controls(new QWidget(this)), m_chart(new QChart), m_view(new QChartView(m_chart, this)),
      m_time(new QCategoryAxis(m_chart)), m_lag(new QValueAxis(m_chart)), m_legend(new QLabel(this))
{
    m_view->setObjectName(u"lagChart"_qs);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMinimumHeight(96);
    m_chart->legend()->hide();
    m_chart->setMargins({0, 0, around, 0}); // half of the last label
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundRoundness(0);
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_lag, Qt::AlignLeft);
    m_time->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_lag->setTickCount(3);
    m_legend->setObjectName(u"lagLegend"_qs);
    m_legend->setTextFormat(Qt::RichText);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addWidget(m_view, 1);
    column->addWidget(m_legend);
    makeControls();
    labelTime();
    m_timer.setInterval(redrawMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &LagChart::redraw);
    connect(&appearance, &theme::Appearance::changed, this, &LagChart::applyTheme);
    applyTheme();
}

void LagChart::makeControls()
{
    auto *line = new QHBoxLayout(m_controls);
    line->setContentsMargins({});
    line->setSpacing(0);
    auto *units = new QButtonGroup(this);
    QToolButton *frames = choice(tr("Frames"), u"lagFrames"_qs, units, m_controls);
    QToolButton *time = choice(tr("Time"), u"lagTime"_qs, units, m_controls);
    time->setChecked(true);
    line->addWidget(frames);
    line->addWidget(time);
    line->addSpacing(between);
    connect(units, &QButtonGroup::buttonClicked, this, [this, frames] {
        m_unit = frames->isChecked() ? LagUnit::Frames : LagUnit::Milliseconds;
        redraw();
    });
    auto *windows = new QButtonGroup(this);
    for (const auto &[text, seconds] :
         {std::pair{tr("1 m"), 60}, std::pair{tr("10 m"), 600}, std::pair{tr("1 h"), 3600}}) {
        QToolButton *button = choice(text, u"lagWindow%1"_qs.arg(seconds), windows, m_controls);
        button->setAccessibleName(tr("The last %1 seconds").arg(seconds));
        button->setChecked(seconds == 60);
        line->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, length = seconds] {
            m_windowSeconds = length;
            labelTime();
            redraw();
        });
    }
}

void LagChart::setLines(const QList<Line> &lines)
{
    m_lines = lines;
    applyTheme();
}

void LagChart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    redraw();
    m_timer.start();
}

void LagChart::hideEvent(QHideEvent *event)
{
    m_timer.stop(); // what nobody sees costs nothing
    QWidget::hideEvent(event);
}

void LagChart::applyTheme()
{
    const theme::Tokens &tokens = m_appearance.tokens();
    m_chart->setBackgroundBrush(tokens.surface);
    m_view->setBackgroundBrush(tokens.surface);
    for (QValueAxis *axis : {static_cast<QValueAxis *>(m_time), m_lag}) {
        axis->setLabelsFont(theme::textFont(theme::TextSize::Small));
        axis->setLabelsColor(tokens.secondary);
        axis->setGridLineColor(tokens.border);
        axis->setLinePenColor(tokens.border);
    }
    m_time->setGridLineVisible(false);
    QStringList names;
    for (int i = 0; i < m_lines.size(); ++i)
        names.append(u"<span style=\"color:%1\">━</span>&nbsp;%2"_qs.arg(
            m_appearance.theme().variant(i).name(), m_lines[i].name.toHtmlEscaped()));
    m_legend->setText(names.join(u"&nbsp;&nbsp;&nbsp; "));
    m_legend->setVisible(!m_lines.isEmpty());
    redraw();
}

void LagChart::redraw()
{
    const qint64 now = m_clock.steadyNanoseconds();
    const qint64 since = now - qint64(m_windowSeconds * 1e9);
    QList<QList<QList<QPointF>>> drawn;
    double largest = 0;
    for (const Line &line : m_lines) {
        drawn.append(models::lagLines(m_model.points(line.text, since), m_unit, now,
                                      std::max(gapSeconds, m_windowSeconds / 100)));
        for (const QList<QPointF> &piece : drawn.last()) {
            for (const QPointF &point : piece)
                largest = std::max(largest, point.y());
        }
    }
    m_chart->removeAllSeries();
    m_lag->setRange(0, models::axisEnd(largest, 10));
    m_lag->setLabelFormat(m_unit == LagUnit::Frames ? u"%.0f"_qs : u"%.0f ms"_qs);
    for (int i = 0; i < drawn.size(); ++i)
        drawLine(i, drawn[i]);
    m_view->setAccessibleName(describe());
}

void LagChart::labelTime()
{
    for (const QString &label : m_time->categoriesLabels())
        m_time->remove(label);
    constexpr int parts = 3;
    m_time->setRange(-m_windowSeconds, 0);
    m_time->setStartValue(-m_windowSeconds);
    for (int i = 0; i <= parts; ++i) {
        const double seconds = -m_windowSeconds * (parts - i) / parts;
        m_time->append(models::secondsAgoText(seconds), seconds);
    }
}

void LagChart::drawLine(int line, const QList<QList<QPointF>> &pieces)
{
    const QPen pen(m_appearance.theme().variant(line), 2);
    for (const QList<QPointF> &piece : pieces) {
        auto *series = new QLineSeries;
        series->append(piece);
        // One sample alone is no line: a dot shows that it was there.
        if (piece.size() == 1)
            series->append(piece.first() + QPointF(0.2, 0));
        series->setPen(pen);
        m_chart->addSeries(series);
        series->attachAxis(m_time);
        series->attachAxis(m_lag);
    }
}

QString LagChart::describe() const
{
    QStringList parts;
    for (const Line &line : m_lines) {
        const QList<models::LagPoint> points =
            m_model.points(line.text, m_clock.steadyNanoseconds() - qint64(m_windowSeconds * 1e9));
        if (points.isEmpty())
            continue;
        const models::LagPoint &last = points.last();
        parts.append(!last.reachable ? tr("%1: unreachable").arg(line.name)
                     : last.frames
                         ? tr("%1: %2 behind").arg(line.name, models::framesText(*last.frames))
                         : tr("%1: lag not known").arg(line.name));
    }
    return tr("Lag of the replicas. %1").arg(parts.join(u"; "));
}

} // namespace edgewise::replicationpage
