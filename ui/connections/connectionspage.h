// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/token.h>
#include <settings/connectionsettings.h>
#include <theme/state.h>

#include <QWidget>

class QListWidget;

namespace edgewise::secrets {
class TokenStore;
}
namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class MessageBar;
}

namespace edgewise::connections {

class ConnectionForm;
class DiagnosisView;

/// The names under which a connection's tokens are kept.
QString nodeTokenName(const QString &primary);
QString fliptTokenName(const QString &primary);

/// The connections that were set up: their nodes, Flipts, tokens and environment; a test that says
/// what does not work, and import of a docker-compose.yml.
class ConnectionsPage : public QWidget {
    Q_OBJECT

public:
    /// All must outlive the page; `tokens` may be null: then none is kept.
    ConnectionsPage(const theme::Appearance &appearance, settings::Settings &settings,
                    secrets::TokenStore *tokens, const Clock &clock, QWidget *parent = nullptr);

    QList<QAction *> actions() const { return {m_import}; }
    void choose(const QString &primary);
    /// Fills the form from a compose file, or says why not.
    void importFile(const QString &path);

signals:
    void openWanted(const edgewise::settings::ConnectionSettings &connection);

private:
    QWidget *createList();
    QWidget *createSide();
    void showRecent();
    void startNew();
    void test();
    void testWith(const Token &nodeToken, const Token &fliptToken);
    void keep();
    void forget();
    void askWhatToImport();
    void say(theme::State state, const QString &what, const QString &why = {});

    const theme::Appearance &m_appearance;
    settings::Settings &m_settings;
    secrets::TokenStore *m_tokens;
    const Clock &m_clock;
    QAction *m_import;
    widgets::MessageBar *m_messages;
    QListWidget *m_list;
    ConnectionForm *m_form;
    DiagnosisView *m_diagnosis;
    QList<QPushButton *> m_needValid; ///< buttons that work on a whole connection
    QPushButton *m_forget;
};

} // namespace edgewise::connections
