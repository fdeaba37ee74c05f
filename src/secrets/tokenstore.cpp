// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/tokenstore.h"

namespace edgewise::secrets {

namespace {

using Answer = Keychain::Answer;

} // namespace

TokenStore::TokenStore(Keychain &keychain, QObject *parent) : QObject(parent), m_keychain(keychain)
{
}

QFuture<Result<std::optional<Token>>> TokenStore::read(const QString &name)
{
    using Found = Result<std::optional<Token>>;
    return m_keychain.read(name).then(this, [this, name](Result<Answer> answer) -> Found {
        if (answer && answer->kind == Answer::Kind::Done)
            return std::optional(answer->token);
        // What was typed in this session is good although the keychain cannot be asked.
        if (const auto kept = m_memory.constFind(name); kept != m_memory.constEnd())
            return std::optional(*kept);
        if (!answer)
            return answer.error();
        return std::optional<Token>();
    });
}

QFuture<Result<TokenStore::Kept>> TokenStore::write(const QString &name, const Token &token)
{
    return m_keychain.write(name, token)
        .then(this, [this, name, token](Result<Answer> answer) -> Result<Kept> {
            if (answer && answer->kind == Answer::Kind::Done) {
                m_memory.remove(name);
                return Kept::InKeychain;
            }
            m_memory.insert(name, token);
            if (!answer)
                return answer.error();
            return Kept::UntilExit;
        });
}

QFuture<Result<void>> TokenStore::remove(const QString &name)
{
    m_memory.remove(name);
    return m_keychain.remove(name).then(this, [](Result<Answer> answer) -> Result<void> {
        if (!answer)
            return answer.error();
        return {};
    });
}

} // namespace edgewise::secrets
