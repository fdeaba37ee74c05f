// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/jobline.h>

#include <QProgressBar>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {
constexpr int delayMilliseconds = 300;
constexpr int tickMilliseconds = 100;
constexpr int barWidth = 160;
constexpr int barSteps = 1000;
} // namespace

JobLine::JobLine(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_text(new QLabel(this)), m_bar(new QProgressBar(this)),
      m_cancel(new QPushButton(appearance.icon(u"close"_qs), tr("Cancel"), this))
{
    setObjectName(u"jobLine"_qs);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    m_bar->setObjectName(u"jobBar"_qs);
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setTextVisible(false);
    // A job that runs must not widen its page.
    m_text->setMinimumWidth(1);
    m_bar->setMinimumWidth(barWidth / 4);
    m_bar->setMaximumWidth(barWidth);
    m_cancel->setObjectName(u"jobCancel"_qs);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->setSpacing(inside);
    line->addWidget(m_text, 1);
    line->addWidget(m_bar);
    line->addWidget(m_cancel);
    setFixedHeight(row);
    m_delay.setSingleShot(true);
    m_delay.setInterval(delayMilliseconds);
    m_tick.setInterval(tickMilliseconds);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        refresh();
        m_tick.start();
        setShown(true);
    });
    connect(&m_tick, &QTimer::timeout, this, &JobLine::refresh);
    connect(m_cancel, &QPushButton::clicked, this, &JobLine::cancelRequested);
    setShown(false);
}

void JobLine::setShown(bool shown)
{
    m_text->setVisible(shown);
    m_bar->setVisible(shown);
    m_cancel->setVisible(shown);
}

void JobLine::start(const QString &what, std::function<const models::JobProgress *()> progress)
{
    m_what = what;
    m_progress = std::move(progress);
    m_since.start();
    setAccessibleName(what);
    if (m_tick.isActive())
        refresh();
    else
        m_delay.start();
}

void JobLine::stop()
{
    m_progress = nullptr;
    m_delay.stop();
    m_tick.stop();
    setShown(false);
}

void JobLine::refresh()
{
    const models::JobProgress *progress = m_progress ? m_progress() : nullptr;
    const double fraction = progress ? progress->fraction() : -1;
    // A bar without a figure runs to and fro.
    m_bar->setRange(0, fraction < 0 ? 0 : barSteps);
    m_bar->setValue(int(fraction * barSteps));
    const qint64 done = progress ? progress->done.load() : 0;
    m_text->setText(tr("%1… %2 entities, %3 s")
                        .arg(m_what, locale().toString(done),
                             locale().toString(double(m_since.elapsed()) / 1000, 'f', 1)));
}

} // namespace edgewise::widgets
