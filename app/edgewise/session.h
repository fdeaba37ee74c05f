// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands.h"
#include "documents.h"
#include "firstsave.h"
#include "nodewatch.h"

#include <base/clock.h>
#include <flags/snapshot.h>
#include <theme/state.h>
#include <workspace/workspace.h>

#include <QDialog>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

namespace edgewise {

class ReplicationDesk;
class Seeding;
class WhatIfDesk;

namespace flagspage {
class FlagsPage;
}
namespace reviewpage {
class ReviewPage;
}
namespace segmentspage {
class SegmentsPage;
}
namespace settings {
class Settings;
}
namespace theme {
class Appearance;
}
namespace workspace {
class JourneyLog;
}
namespace window {
class MainWindow;
}

/// One open database in the window: its workspace, the watch over its nodes, and the pages, wired
/// to the window's frame.
class Session : public QObject {
    Q_OBJECT

public:
    struct Plan {
        workspace::Workspace::Node primary;
        QList<workspace::Workspace::Node> replicas;
        QList<workspace::FliptFeed::Address> flipts;
        theme::Environment environment = theme::Environment::Local;
        QString name;    ///< of the connection, for people
        QString address; ///< of it, whole: a URL without secrets, or a path
        bool unlocked = false;
        /// For a primary that holds no flag yet: written as soon as that is known.
        std::optional<flags::Snapshot> seed;
    };

    /// All references must outlive the session, and the journal, which may be null. Adds its pages
    /// to the window.
    Session(Plan plan, window::MainWindow &window, const theme::Appearance &appearance,
            settings::Settings &settings, const Clock &clock, store::Journal *journal,
            QObject *parent = nullptr);
    /// Takes its pages out of the window again.
    ~Session() override;

    workspace::Workspace &workspace() { return m_workspace; }
    const Plan &plan() const { return m_plan; }
    /// Of every node and Flipt, as the status bar shows them.
    QList<window::NodeStatus> nodeStatuses() const { return m_watch.statuses(); }
    /// A document, or a change set, into the draft.
    void takeFile(const QString &path);
    /// The line over the window and the connection's button follow.
    void setEnvironment(theme::Environment environment);

signals:
    /// The primary wants a token, or another one. Once in a session.
    void tokenWanted(const edgewise::Error &error);

private:
    struct Step {
        QString title;    ///< "Save 3 changes"
        QString sentence; ///< what happens, and where
        QString verb;
    };
    /// Goes on at once, or on production when the connection's name has been typed.
    void confirm(const Step &step, const std::function<void()> &goOn);
    void unlock();
    void wireCommands();
    /// Saves the one change at once, whatever the draft holds, and follows it.
    void turn(const NamespaceKey &nameSpace, const FlagKey &key, bool on);
    void saveAtOnce(const changes::ChangeSet &changes, const QString &reason);
    void offerDraft();

    void addPages();
    void addSegmentsPage();
    void addNamespacesAction();
    void addHistoryPage(store::Journal &journal);
    void addDataPage();
    void wireHistory();
    void wireNamespaces();
    void wireLock();
    void takeReading();
    void chooseNamespace(const NamespaceKey &key);
    void showNamespace(const NamespaceKey &key); ///< the same, and the header follows

    Plan m_plan;
    window::MainWindow &m_window;
    const theme::Appearance &m_appearance;
    settings::Settings &m_settings;
    const Clock &m_clock;
    workspace::Workspace m_workspace;
    NodeWatch m_watch;
    std::unique_ptr<Seeding> m_seeding; ///< null without a seed
    std::unique_ptr<WhatIfDesk> m_whatIf;
    std::unique_ptr<workspace::JourneyLog> m_journeys;
    QStringList m_namespaces;
    NamespaceKey m_namespace;
    ReplicationDesk *m_replication = nullptr;
    Commands m_commands;
    Documents m_documents;
    FirstSave m_firstSave;
    QAction *m_reviewDraft;
    QAction *m_discardDraft;

    QPointer<QDialog> m_namespacesDialog; ///< while it is open
    flagspage::FlagsPage *m_flags = nullptr;
    segmentspage::SegmentsPage *m_segments = nullptr;
    reviewpage::ReviewPage *m_review = nullptr;
};

} // namespace edgewise
