// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <secrets/keychain.h>

#include <QHash>
#include <QObject>

#include <optional>

namespace edgewise::secrets {

/// The tokens of the connections: in the keychain, and where there is none, in memory until the
/// program ends; never in a file. Lives on the thread of its keychain.
class TokenStore : public QObject {
    Q_OBJECT

public:
    enum class Kept { InKeychain, UntilExit };

    /// `keychain` must outlive the store.
    explicit TokenStore(Keychain &keychain, QObject *parent = nullptr);

    /// The token of a connection, by its address; nothing when none was kept, so ask the user.
    QFuture<Result<std::optional<Token>>> read(const QString &name);
    /// Where it is kept, for the user to know.
    QFuture<Result<Kept>> write(const QString &name, const Token &token);
    /// Removing what is not there is success.
    QFuture<Result<void>> remove(const QString &name);

private:
    Keychain &m_keychain;
    QHash<QString, Token> m_memory; ///< what the keychain did not take
};

} // namespace edgewise::secrets
