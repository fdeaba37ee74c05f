// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace edgewise {

/// A secret that authorises a connection. It has no operator that prints it and no conversion, so
/// it cannot slip into a log, a journal or a message; only who sends it calls reveal().
class Token {
public:
    Token() = default;
    explicit Token(QByteArray secret) : m_secret(std::move(secret)) {}

    bool isEmpty() const { return m_secret.isEmpty(); }
    const QByteArray &reveal() const { return m_secret; }
    friend bool operator==(const Token &, const Token &) = default;

private:
    QByteArray m_secret;
};

} // namespace edgewise
