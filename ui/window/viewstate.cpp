// SPDX-License-Identifier: GPL-3.0-or-later
#include <settings/settings.h>
#include <window/viewstate.h>

#include <QHeaderView>
#include <QSplitter>

namespace edgewise::window {

using namespace Qt::StringLiterals;

namespace {

/// A header is named after its view, since Qt makes it without a name.
QString nameOf(const QHeaderView &header)
{
    const QString view = header.parent() ? header.parent()->objectName() : QString();
    return view.isEmpty() || header.orientation() == Qt::Vertical ? QString()
                                                                  : view + u".header"_qs;
}

/// Calls `each` with every widget that has a state and a name for it.
template <typename Each>
void forEach(QWidget &window, Each each)
{
    const QList<QSplitter *> splitters = window.findChildren<QSplitter *>();
    for (QSplitter *splitter : splitters)
        if (!splitter->objectName().isEmpty())
            each(splitter, splitter->objectName());
    const QList<QHeaderView *> headers = window.findChildren<QHeaderView *>();
    for (QHeaderView *header : headers)
        if (const QString name = nameOf(*header); !name.isEmpty())
            each(header, name);
}

} // namespace

ViewState::ViewState(QWidget &window, settings::Settings &settings)
    : m_window(window), m_settings(settings)
{
    constexpr int restMilliseconds = 500;
    m_moved.setSingleShot(true);
    m_moved.setInterval(restMilliseconds);
    connect(&m_moved, &QTimer::timeout, this, &ViewState::saveWindow);
    m_window.installEventFilter(this);
}

bool ViewState::eventFilter(QObject *watched, QEvent *event)
{
    const bool moves = event->type() == QEvent::Move || event->type() == QEvent::Resize
                       || event->type() == QEvent::WindowStateChange;
    if (watched == &m_window && moves && m_window.isVisible())
        m_moved.start();
    return false;
}

void ViewState::saveWindow()
{
    m_settings.setValue(settings::windowGeometry, m_window.saveGeometry());
    m_settings.sync();
}

void ViewState::restoreWindow()
{
    const QByteArray geometry = m_settings.value(settings::windowGeometry);
    if (!geometry.isEmpty())
        m_window.restoreGeometry(geometry);
}

void ViewState::restoreViews()
{
    forEach(m_window, [this](auto *widget, const QString &name) {
        const QByteArray state = m_settings.value(settings::viewState, name);
        if (!state.isEmpty())
            widget->restoreState(state);
    });
}

void ViewState::save()
{
    saveWindow();
    forEach(m_window, [this](auto *widget, const QString &name) {
        m_settings.setValue(settings::viewState, widget->saveState(), name);
    });
}

} // namespace edgewise::window
