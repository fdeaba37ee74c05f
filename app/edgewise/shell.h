// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "options.h"
#include "session.h"

#include <base/token.h>
#include <connections/opendialog.h>
#include <settings/connectionsettings.h>

#include <QMenu>
#include <QPointer>

namespace edgewise {

class LogTail;

namespace connections {
class StartPage;
}
namespace lab {
class Lab;
}
namespace secrets {
class TokenStore;
}
class LabDesk;

/// Decides what the window shows: the ways in, or one open database; starts and ends the lab.
class Shell : public QObject {
    Q_OBJECT

public:
    /// All references must outlive the shell, and the journal, which may be null: then no draft is
    /// kept for the next start; and the tokens, which may be null: then nodes get none.
    Shell(Options options, window::MainWindow &window, const theme::Appearance &appearance,
          settings::Settings &settings, const Clock &clock, store::Journal *journal,
          secrets::TokenStore *tokens = nullptr, QObject *parent = nullptr);
    ~Shell() override;

    /// For the diagnostics; must outlive the shell.
    void setLog(const LogTail *log) { m_log = log; }
    /// Opens what the options ask for.
    void start();
    /// Null while nothing is open.
    Session *session() const { return m_session.get(); }

signals:
    void opened();

private:
    void createActions();
    void createConnectionMenu();
    void fillRecent();
    void showDiagnostics();
    void chooseEnvironment(theme::Environment environment);
    void showStartPage();
    void close();
    void askWhatToOpen();
    void open(const settings::ConnectionSettings &connection);
    void openRecent(const QString &address);
    /// The tokens are there, or there are none.
    void openWith(const settings::ConnectionSettings &connection, const Token &nodeToken,
                  const Token &fliptToken);
    void addConnectionsPage();
    /// A node wants a token, or another one.
    void askToken(const Error &error);
    settings::ConnectionSettings asked() const;
    void begin(Session::Plan plan);
    void startLab();
    void openLab();
    void reopenLab();
    void endLab();
    std::optional<flags::Snapshot> seed();
    void complain(const QString &what, const QString &why);

    Options m_options;
    window::MainWindow &m_window;
    const theme::Appearance &m_appearance;
    settings::Settings &m_settings;
    const Clock &m_clock;
    store::Journal *m_journal;
    secrets::TokenStore *m_tokens;
    const LogTail *m_log = nullptr;
    settings::ConnectionSettings m_connection; ///< that is open, or being opened
    int m_opening = 0; ///< grows with each, so that what was overtaken is dropped
    QAction *m_open;
    QAction *m_lab;
    QAction *m_close;
    std::unique_ptr<QMenu> m_menu; ///< of the connection's button
    QMenu *m_recent = nullptr;
    QMenu *m_environments = nullptr;
    std::unique_ptr<lab::Lab> m_runningLab;
    std::unique_ptr<LabDesk> m_desk;
    std::unique_ptr<Session> m_session;
    QPointer<connections::StartPage> m_start;
};

} // namespace edgewise
