// SPDX-License-Identifier: GPL-3.0-or-later
#include "labdesk.h"

#include <lab/labpage.h>
#include <theme/appearance.h>
#include <window/mainwindow.h>

#include <QAction>

namespace edgewise {

using namespace Qt::StringLiterals;

namespace {

QString identityOf(const lab::Node &node)
{
    return node.name + u' ' + node.url.toString();
}

} // namespace

LabDesk::LabDesk(window::MainWindow &window, const theme::Appearance &appearance, QAction *start,
                 QObject *parent)
    : QObject(parent), m_window(window), m_appearance(appearance), m_start(start)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(0);
    connect(&m_delay, &QTimer::timeout, this, &LabDesk::compare);
}

LabDesk::~LabDesk()
{
    setLab(nullptr);
}

void LabDesk::setLab(lab::Lab *lab)
{
    if (m_lab)
        m_lab->disconnect(this);
    m_lab = lab;
    m_opened.clear();
    if (m_lab) {
        const auto look = [this] { m_delay.start(); };
        connect(m_lab, &lab::Lab::nodeChanged, this, look);
        connect(m_lab, &lab::Lab::nodeRemoved, this, look);
    }
    if (m_page)
        m_page->setLab(lab);
}

void LabDesk::addPage()
{
    m_page = new labpage::LabPage(m_appearance, m_start);
    m_page->setLab(m_lab);
    if (!m_chosen.isEmpty())
        m_page->chooseProcess(m_chosen);
    connect(m_page, &labpage::LabPage::stopRequested, this, &LabDesk::endRequested);
    m_window.addPage({u"lab"_qs, tr("Lab"), u"lab"_qs, m_page});
}

QList<lab::Node> LabDesk::nodes() const
{
    QList<lab::Node> nodes;
    if (!m_lab)
        return nodes;
    const QList<lab::Node> all = m_lab->nodes();
    for (const lab::Node &node : all) {
        // One that is down or paused stays open: the window shows it as unreachable.
        const bool wasOpened =
            std::any_of(m_opened.begin(), m_opened.end(), [&](const QString &id) {
                return id.startsWith(QString(node.name + u' '));
            });
        if (wasOpened || node.state == lab::NodeState::Ready)
            nodes.append(node);
    }
    return nodes;
}

QString LabDesk::addressOf(const QString &name) const
{
    const QList<lab::Node> all = m_lab ? m_lab->nodes() : QList<lab::Node>();
    for (const lab::Node &node : all) {
        if (node.name == name)
            return node.url.toString();
    }
    return {};
}

void LabDesk::noteOpened(const QList<lab::Node> &opened)
{
    m_opened.clear();
    for (const lab::Node &node : opened)
        m_opened.append(identityOf(node));
}

void LabDesk::compare()
{
    if (!m_lab || m_lab->state() != lab::Lab::State::Ready || m_opened.isEmpty())
        return;
    QStringList now;
    const QList<lab::Node> ready = nodes();
    for (const lab::Node &node : ready)
        now.append(identityOf(node));
    if (now == m_opened)
        return;
    if (m_page)
        m_chosen = m_page->chosenProcess();
    emit nodesChanged();
}

} // namespace edgewise
