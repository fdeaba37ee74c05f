// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/nodetablemodel.h>
#include <replication/lagchart.h>
#include <theme/appearance.h>

#include <QAction>
#include <QAreaSeries>
#include <QButtonGroup>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QFileDialog>
#include <QGraphicsLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineSeries>
#include <QMenu>
#include <QSaveFile>
#include <QToolButton>
#include <QValueAxis>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::LagUnit;

namespace {

constexpr int redrawMilliseconds = 250;
constexpr double gapSeconds = 5; // without a sample: the watch was off, or the computer asleep
constexpr int mostLines = 8;
constexpr double shortestSeconds = 2;
constexpr double longestSeconds = 3600; // as far back as samples are kept
constexpr double zoomStep = 1.5;

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
    setFocusPolicy(Qt::StrongFocus);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setAttribute(Qt::WA_TransparentForMouseEvents); // wheel and keys are the chart's own
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
        connect(button, &QToolButton::clicked, this,
                [this, length = seconds] { showWindow(length); });
    }
    m_hold = makeAction(u"lagHold"_qs, tr("Hold"), u"pause"_qs);
    m_hold->setCheckable(true);
    m_zoomIn = makeAction(u"lagZoomIn"_qs, tr("Zoom in"), u"add"_qs);
    m_zoomOut = makeAction(u"lagZoomOut"_qs, tr("Zoom out"), u"search"_qs);
    m_live = makeAction(u"lagLive"_qs, tr("Back to now"), u"forward"_qs);
    m_export = makeAction(u"lagExport"_qs, tr("Save as CSV…"), u"save"_qs);
    connect(m_hold, &QAction::triggered, this, &LagChart::hold);
    connect(m_zoomIn, &QAction::triggered, this, [this] { zoom(1 / zoomStep, 1); });
    connect(m_zoomOut, &QAction::triggered, this, [this] { zoom(zoomStep, 1); });
    connect(m_live, &QAction::triggered, this, [this] { showWindow(m_length); });
    connect(m_export, &QAction::triggered, this, &LagChart::exportCsv);
    auto *holdButton = new QToolButton(m_controls);
    holdButton->setObjectName(u"lagHoldButton"_qs);
    holdButton->setDefaultAction(m_hold);
    holdButton->setAutoRaise(true);
    m_more = new QToolButton(m_controls);
    m_more->setObjectName(u"lagMore"_qs);
    m_more->setAccessibleName(tr("Zoom and export"));
    m_more->setToolTip(tr("Zoom and export"));
    m_more->setIcon(m_appearance.icon(u"more"_qs));
    m_more->setAutoRaise(true);
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_more);
    menu->addActions({m_zoomIn, m_zoomOut, m_live, m_export});
    m_more->setMenu(menu);
    line->addSpacing(inside);
    line->addWidget(holdButton);
    line->addWidget(m_more);
}

QAction *LagChart::makeAction(const QString &name, const QString &text, const QString &icon)
{
    auto *action = new QAction(m_appearance.icon(icon), text, this);
    action->setObjectName(name);
    return action;
}

QList<QAction *> LagChart::actions() const
{
    return {m_hold, m_zoomIn, m_zoomOut, m_live, m_export};
}

qint64 LagChart::now() const
{
    return m_heldAt.value_or(m_clock.steadyNanoseconds());
}

void LagChart::hold(bool held)
{
    if (held == isHeld())
        return;
    if (held) {
        m_heldAt = m_clock.steadyNanoseconds();
    } else {
        m_heldAt.reset();
        m_end = 0;
        labelTime();
    }
    m_hold->setChecked(held);
    m_hold->setText(held ? tr("Go on") : tr("Hold"));
    m_hold->setIcon(m_appearance.icon(held ? u"play"_qs : u"pause"_qs));
    redraw();
}

/// `place` is what stays where it is: 0 the left end of the view, 1 the right end.
void LagChart::zoom(double factor, double place)
{
    const double length = std::clamp(m_length * factor, shortestSeconds, longestSeconds);
    const double end = m_end + (1 - place) * (m_length - length);
    m_length = length;
    m_end = std::clamp(end, 0.0, longestSeconds - length);
    if (m_end > 0)
        hold(true);
    labelTime();
    redraw();
}

/// By a part of the view; into the past where it is positive.
void LagChart::move(double part)
{
    hold(true); // what is looked at must not run away
    m_end = std::clamp(m_end + part * m_length, 0.0, longestSeconds - m_length);
    labelTime();
    redraw();
}

void LagChart::showWindow(double seconds)
{
    m_length = seconds;
    m_end = 0;
    hold(false);
    labelTime();
    redraw();
}

void LagChart::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
        return zoom(1 / zoomStep, 1);
    case Qt::Key_Minus:
        return zoom(zoomStep, 1);
    case Qt::Key_Left:
        return move(0.25);
    case Qt::Key_Right:
        return move(-0.25);
    case Qt::Key_End:
        return showWindow(m_length);
    case Qt::Key_Space:
        return hold(!isHeld());
    default:
        QWidget::keyPressEvent(event);
    }
}

void LagChart::wheelEvent(QWheelEvent *event)
{
    const int steps = event->angleDelta().y();
    if (steps == 0)
        return QWidget::wheelEvent(event);
    const QRectF plot = m_chart->plotArea();
    const double place =
        plot.width() > 0 ? (event->position().x() - m_view->x() - plot.left()) / plot.width() : 1;
    zoom(steps > 0 ? 1 / zoomStep : zoomStep, std::clamp(place, 0.0, 1.0));
    event->accept();
}

QByteArray LagChart::csv() const
{
    QHash<QString, QString> names;
    for (const Line &line : m_lines)
        names.insert(line.text, line.name);
    const qint64 to = now() - qint64(m_end * 1e9);
    return m_model.csv(names, to - qint64(m_length * 1e9), to);
}

void LagChart::exportCsv()
{
    auto *dialog = new QFileDialog(this, tr("Save the lag in view"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Comma separated values (*.csv)"));
    dialog->setDefaultSuffix(u"csv"_qs);
    connect(dialog, &QFileDialog::fileSelected, this, [this, text = csv()](const QString &path) {
        QSaveFile file(path);
        const bool isWritten =
            file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
        emit exported(path, isWritten ? QString() : file.errorString());
    });
    dialog->open();
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
    m_named.clear();
    redraw();
}

void LagChart::showLegend(const QList<int> &drawn)
{
    if (drawn == m_named && !m_legend->text().isEmpty())
        return;
    m_named = drawn;
    QStringList names;
    for (const int i : drawn)
        names.append(u"<span style=\"color:%1\">━</span>&nbsp;%2"_qs.arg(
            m_appearance.theme().variant(int(names.size())).name(),
            m_lines[i].name.toHtmlEscaped()));
    if (const qsizetype others = m_lines.size() - drawn.size(); others > 0)
        names.append(u"<span style=\"color:%1\">▒</span>&nbsp;%2"_qs.arg(
            m_appearance.tokens().secondary.name(), tr("%1 others, median to worst").arg(others)));
    m_legend->setText(names.join(u"&nbsp;&nbsp;&nbsp; "));
    m_legend->setVisible(!m_lines.isEmpty());
}

void LagChart::redraw()
{
    if (!isVisible())
        return; // what nobody sees costs nothing
    ++m_drawings;
    const qint64 reference = now();
    const double to = -m_end, from = to - m_length;
    const qint64 since = reference + qint64(from * 1e9);
    QList<QList<QList<QPointF>>> lines;
    double largest = 0;
    for (const Line &line : m_lines) {
        lines.append(models::lagLines(m_model.points(line.text, since), m_unit, reference,
                                      std::max(gapSeconds, m_length / 100)));
        for (const QList<QPointF> &piece : lines.last()) {
            for (const QPointF &point : piece)
                largest = point.x() <= to ? std::max(largest, point.y()) : largest;
        }
    }
    const int columns = std::max(1, int(m_chart->plotArea().width()));
    const QList<int> drawn = models::linesToDraw(lines, mostLines);
    m_chart->removeAllSeries();
    m_lag->setRange(0, models::axisEnd(largest, 10));
    m_lag->setLabelFormat(m_unit == LagUnit::Frames ? u"%.0f"_qs : u"%.0f ms"_qs);
    if (drawn.size() < lines.size()) {
        QList<QList<QList<QPointF>>> others;
        for (int i = 0; i < lines.size(); ++i) {
            if (!drawn.contains(i))
                others.append(lines[i]);
        }
        constexpr int pixelsApart = 4; // of a band, which has no peaks to lose
        drawBand(models::lagBand(others, from, to, std::max(1, columns / pixelsApart)));
    }
    for (int i = 0; i < drawn.size(); ++i) {
        for (const QList<QPointF> &piece : lines[drawn[i]])
            drawLine(m_appearance.theme().variant(i), models::decimated(piece, from, to, columns));
    }
    showLegend(drawn);
    m_view->setAccessibleName(describe());
}

void LagChart::labelTime()
{
    for (const QString &label : m_time->categoriesLabels())
        m_time->remove(label);
    constexpr int parts = 3;
    m_time->setRange(-m_end - m_length, -m_end);
    m_time->setStartValue(-m_end - m_length);
    for (int i = 0; i <= parts; ++i) {
        const double seconds = -m_end - m_length * (parts - i) / parts;
        m_time->append(models::secondsAgoText(seconds), seconds);
    }
}

void LagChart::drawLine(const QColor &colour, const QList<QPointF> &line)
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

void LagChart::drawBand(const models::LagBand &band)
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

QString LagChart::describe() const
{
    QStringList parts;
    for (const Line &line : m_lines) {
        const QList<models::LagPoint> points =
            m_model.points(line.text, now() - qint64(m_length * 1e9));
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
