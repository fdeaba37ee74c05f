// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

namespace edgewise {

class Documents;
namespace settings {
class Settings;
}
namespace window {
class MainWindow;
}
namespace workspace {
class Workspace;
}

/// Offers, before the first save to a database that holds something, to write what is there to a
/// document: once for each database, whatever the answer was. A question that is left unanswered
/// saves nothing and comes back.
class FirstSave : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. `address` names the database in the settings.
    FirstSave(window::MainWindow &window, settings::Settings &settings,
              workspace::Workspace &workspace, Documents &documents, QString address,
              QObject *parent = nullptr);

    /// Goes on at once where there is nothing to ask, else when the answer is there.
    void ask(const std::function<void()> &goOn);

private:
    bool isWanted() const;
    void answered(const std::function<void()> &goOn);

    window::MainWindow &m_window;
    settings::Settings &m_settings;
    workspace::Workspace &m_workspace;
    Documents &m_documents;
    const QString m_address;
};

} // namespace edgewise
