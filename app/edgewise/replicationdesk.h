// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <workspace/workspace.h>

#include <QObject>

namespace edgewise {

class NodeWatch;

namespace replicationpage {
class ReplicationPage;
}
namespace settings {
class Settings;
}
namespace theme {
class Appearance;
}
namespace window {
class MainWindow;
}
namespace workspace {
class JourneyLog;
}

/// The Replication page of one open database, wired to what it shows: the nodes and their rows,
/// the Flipts, the journeys of saves, and the limits of lag, which are kept in the settings.
class ReplicationDesk : public QObject {
    Q_OBJECT

public:
    /// What it shows and where it keeps what is set; all must outlive the desk.
    struct Parts {
        window::MainWindow &window;
        const theme::Appearance &appearance;
        workspace::Workspace &workspace;
        NodeWatch &watch;
        workspace::JourneyLog &journeys;
        settings::Settings &settings;
        const Clock &clock;
    };

    /// `nodes` are those of the workspace, the primary first.
    ReplicationDesk(const Parts &parts, const QList<workspace::Workspace::Node> &nodes,
                    QObject *parent = nullptr);

    /// Adds the page to the window, which deletes its pages with each database that is closed.
    void addPage();

private:
    void wireLimits();
    void showFlipts();

    Parts m_parts;
    QList<workspace::Workspace::Node> m_nodes;
    replicationpage::ReplicationPage *m_page = nullptr;
};

} // namespace edgewise
