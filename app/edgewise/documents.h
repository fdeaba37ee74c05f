// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QAction>
#include <QObject>

#include <functional>

namespace edgewise {

namespace theme {
class Appearance;
}
namespace window {
class MainWindow;
}
namespace workspace {
class Workspace;
}

/// Documents (features.yml, JSON) into the draft and out of it, by menu and by drag and drop.
class Documents : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    Documents(window::MainWindow &window, const theme::Appearance &appearance,
              workspace::Workspace &workspace, QObject *parent = nullptr);

    QList<QAction *> actions() const { return {m_import, m_export}; }
    /// Merges the document into the draft: nothing is deleted. Says in the window what became of
    /// it.
    void importFile(const QString &path);
    void exportFile(const QString &path);
    /// Asks where to, and writes there what is saved in the primary, without the draft; `then` only
    /// when it was written.
    void backUp(const std::function<void()> &then);

signals:
    /// The draft holds what the document says.
    void imported();

private:
    void askWhatToImport();
    void askWhere(const QString &title, const QString &name,
                  const std::function<void(const QString &path)> &then);
    bool write(const QString &path, const flags::Snapshot &snapshot, const QString &done);

    window::MainWindow &m_window;
    workspace::Workspace &m_workspace;
    QAction *m_import;
    QAction *m_export;
};

} // namespace edgewise
