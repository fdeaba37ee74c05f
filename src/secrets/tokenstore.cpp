// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/tokenstore.h"

#include <base/whenready.h>

namespace edgewise::secrets {

namespace {

using Answer = Keychain::Answer;

/// The future of `callback`'s value; cancelled when `context` dies before.
template <typename T, typename Callback>
auto followed(const QFuture<T> &future, QObject *context, Callback callback)
{
    using Value = std::invoke_result_t<Callback, T>;
    auto promise = std::make_shared<QPromise<Value>>();
    promise->start();
    whenReady(future, context, [promise, callback](T value) {
        promise->addResult(callback(std::move(value)));
        promise->finish();
    });
    return promise->future();
}

} // namespace

TokenStore::TokenStore(Keychain &keychain, QObject *parent) : QObject(parent), m_keychain(keychain)
{
}

QFuture<Result<std::optional<Token>>> TokenStore::read(const QString &name)
{
    using Found = Result<std::optional<Token>>;
    return followed(m_keychain.read(name), this, [this, name](Result<Answer> answer) -> Found {
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
    return followed(m_keychain.write(name, token), this,
                    [this, name, token](Result<Answer> answer) -> Result<Kept> {
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
    return followed(m_keychain.remove(name), this, [](Result<Answer> answer) -> Result<void> {
        if (!answer)
            return answer.error();
        return {};
    });
}

} // namespace edgewise::secrets
