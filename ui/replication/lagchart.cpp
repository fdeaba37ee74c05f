// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/nodetablemodel.h>
#include <replication/lagchart.h>
#include <replication/laglegend.h>
#include <replication/lagplot.h>
#include <theme/appearance.h>

#include <QAction>
#include <QButtonGroup>
#include <QDateTime>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QSaveFile>
#include <QToolButton>

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
      m_controls(new QWidget(this)), m_plot(new LagPlot(appearance, this)),
      m_legend(new LagLegend(appearance, this))
{
    m_plot->setObjectName(u"lagChart"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addWidget(m_plot, 1);
    column->addWidget(m_legend);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    m_plot->setFocusPolicy(Qt::NoFocus);
    // Pointer, wheel and keys are the chart's own.
    for (QWidget *child : {static_cast<QWidget *>(m_plot), static_cast<QWidget *>(m_legend)})
        child->setAttribute(Qt::WA_TransparentForMouseEvents);
    makeControls();
    labelTime();
    m_timer.setInterval(redrawMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &LagChart::redraw);
    connect(m_plot, &LagPlot::themeChanged, this, &LagChart::redraw);
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
    QToolButton *users = choice(tr("Users"), u"lagUsers"_qs, units, m_controls);
    users->setToolTip(tr("Users who get another answer than from the primary"));
    line->addWidget(frames);
    line->addWidget(time);
    line->addWidget(users);
    line->addSpacing(between);
    connect(units, &QButtonGroup::buttonClicked, this, [this, frames, users] {
        m_unit = frames->isChecked()  ? LagUnit::Frames
                 : users->isChecked() ? LagUnit::Users
                                      : LagUnit::Milliseconds;
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
        return event->modifiers() & Qt::ShiftModifier ? stepCursor(-1) : move(0.25);
    case Qt::Key_Right:
        return event->modifiers() & Qt::ShiftModifier ? stepCursor(1) : move(-0.25);
    case Qt::Key_Escape:
        return setCursorTime(std::nullopt);
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
    const double place = m_plot->placeAt(event->position());
    zoom(steps > 0 ? 1 / zoomStep : zoomStep, std::clamp(place, 0.0, 1.0));
    event->accept();
}

void LagChart::mouseMoveEvent(QMouseEvent *event)
{
    const double seconds = -m_end - m_length * (1 - m_plot->placeAt(event->position()));
    setCursorTime(m_plot->isInPlot(event->position()) ? std::optional(seconds) : std::nullopt);
    QWidget::mouseMoveEvent(event);
}

void LagChart::leaveEvent(QEvent *event)
{
    setCursorTime(std::nullopt);
    QWidget::leaveEvent(event);
}

void LagChart::setCursorTime(std::optional<double> seconds)
{
    m_plot->setCursorTime(seconds);
    showLegend();
}

/// To the sample before or behind the cursor; at first to the newest.
void LagChart::stepCursor(int direction)
{
    hold(true); // what is looked at must not run away
    const double from = -m_end - m_length, to = -m_end;
    const double at = m_plot->cursorTime().value_or(to + 1);
    std::optional<double> found;
    for (const Pieces &line : std::as_const(m_pieces)) {
        for (const QList<QPointF> &piece : line) {
            for (const QPointF &point : piece) {
                const double distance = (point.x() - at) * direction;
                if (distance > 0 && point.x() >= from && point.x() <= to
                    && (!found || distance < (*found - at) * direction))
                    found = point.x();
            }
        }
    }
    if (found)
        setCursorTime(found);
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
    m_pieces.clear();
    m_drawn.clear();
    redraw();
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

double LagChart::gap() const
{
    return std::max(gapSeconds, m_length / 100);
}

QString LagChart::momentText(double seconds) const
{
    const qint64 ago = m_clock.steadyNanoseconds() - (now() + qint64(seconds * 1e9));
    return QDateTime::fromMSecsSinceEpoch((m_clock.wallNanoseconds() - ago) / 1'000'000)
        .toString(u"HH:mm:ss"_qs);
}

void LagChart::showLegend()
{
    LagLegend::Content content{.names = {},
                               .lines = m_pieces,
                               .drawn = m_drawn,
                               .unit = m_unit,
                               .gapSeconds = gap(),
                               .at = m_plot->cursorTime(),
                               .moment = {}};
    for (const Line &line : std::as_const(m_lines))
        content.names.append(line.name);
    if (content.at)
        content.moment = momentText(*content.at);
    m_legend->setContent(content);
    setAccessibleDescription(m_legend->reading());
}

void LagChart::redraw()
{
    if (!isVisible())
        return; // what nobody sees costs nothing
    ++m_drawings;
    const qint64 reference = now();
    const double to = -m_end, from = to - m_length;
    const qint64 since = reference + qint64(from * 1e9);
    m_pieces.clear();
    double largest = 0;
    for (const Line &line : std::as_const(m_lines)) {
        m_pieces.append(
            models::lagLines(m_model.points(line.text, since), m_unit, reference, gap()));
        for (const QList<QPointF> &piece : std::as_const(m_pieces.last())) {
            for (const QPointF &point : piece)
                largest = point.x() <= to ? std::max(largest, point.y()) : largest;
        }
    }
    m_drawn = models::linesToDraw(m_pieces, mostLines);
    m_plot->begin(m_unit, largest);
    const int columns = m_plot->columns();
    if (m_drawn.size() < m_pieces.size()) {
        QList<Pieces> others;
        for (int i = 0; i < m_pieces.size(); ++i) {
            if (!m_drawn.contains(i))
                others.append(m_pieces[i]);
        }
        constexpr int pixelsApart = 4; // of a band, which has no peaks to lose
        m_plot->addBand(models::lagBand(others, from, to, std::max(1, columns / pixelsApart)));
    }
    for (int i = 0; i < m_drawn.size(); ++i) {
        for (const QList<QPointF> &piece : std::as_const(m_pieces[m_drawn[i]]))
            m_plot->addLine(m_appearance.theme().variant(i),
                            models::decimated(piece, from, to, columns));
    }
    showLegend();
    m_plot->setAccessibleName(describe());
}

void LagChart::labelTime()
{
    m_plot->setTimes(-m_end - m_length, -m_end);
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
