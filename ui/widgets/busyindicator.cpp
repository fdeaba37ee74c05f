// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/busyindicator.h>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;

BusyIndicator::BusyIndicator(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_text(new QLabel(this)), m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(u"busyIndicator"_qs);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    m_cancel->setObjectName(u"busyCancel"_qs);
    m_cancel->setIcon(appearance.icon(u"close"_qs));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->setSpacing(theme::metrics::inside);
    line->addWidget(m_text, 1);
    line->addWidget(m_cancel);
    m_delay.setSingleShot(true);
    m_delay.setInterval(300);
    m_tick.setInterval(100);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        refresh();
        m_tick.start();
        show();
    });
    connect(&m_tick, &QTimer::timeout, this, &BusyIndicator::refresh);
    connect(m_cancel, &QPushButton::clicked, this, &BusyIndicator::cancelRequested);
    hide();
}

void BusyIndicator::start(const QString &what, bool cancellable)
{
    m_what = what;
    m_busy = true;
    m_since.start();
    m_cancel->setVisible(cancellable);
    setAccessibleName(what);
    if (isVisible())
        refresh();
    else
        m_delay.start();
}

void BusyIndicator::stop()
{
    m_busy = false;
    m_delay.stop();
    m_tick.stop();
    hide();
}

void BusyIndicator::refresh()
{
    const double seconds = static_cast<double>(m_since.elapsed()) / 1000;
    m_text->setText(tr("%1… %2 s").arg(m_what, locale().toString(seconds, 'f', 1)));
}

} // namespace edgewise::widgets
