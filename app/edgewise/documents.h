// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QObject>

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

signals:
    /// The draft holds what the document says.
    void imported();

private:
    void askWhatToImport();
    void askWhereToExport();

    window::MainWindow &m_window;
    workspace::Workspace &m_workspace;
    QAction *m_import;
    QAction *m_export;
};

} // namespace edgewise
