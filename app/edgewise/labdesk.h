// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <lab/lab.h>

#include <QPointer>
#include <QTimer>

class QAction;

namespace edgewise {

namespace labpage {
class LabPage;
}
namespace theme {
class Appearance;
}
namespace window {
class MainWindow;
}

/// The page of the lab in the window, and the watch over the nodes that there are to be opened:
/// replicas come and go, and a node may come back at another port.
class LabDesk : public QObject {
    Q_OBJECT

public:
    /// All must outlive the desk. `start` starts a lab.
    LabDesk(window::MainWindow &window, const theme::Appearance &appearance, QAction *start,
            QObject *parent = nullptr);
    ~LabDesk() override;

    /// The lab must outlive the desk or be replaced before it goes; null while none runs.
    void setLab(lab::Lab *lab);
    /// Adds the page to the window, which deletes its pages with each database that is closed.
    void addPage();
    /// Those that are ready or have been opened before, the primary first.
    QList<lab::Node> nodes() const;
    /// The URL of the node of that name; empty when there is none.
    QString addressOf(const QString &name) const;
    /// These of nodes() have been opened in the window; none when something else has.
    void noteOpened(const QList<lab::Node> &opened);

signals:
    /// Other nodes than those that were opened; never from within a call of the lab.
    void nodesChanged();
    void endRequested();

private:
    void compare();

    window::MainWindow &m_window;
    const theme::Appearance &m_appearance;
    QAction *m_start;
    lab::Lab *m_lab = nullptr;
    QPointer<labpage::LabPage> m_page;
    QString m_chosen; ///< process, kept while the page is made anew
    QStringList m_opened;
    QTimer m_delay;
};

} // namespace edgewise
