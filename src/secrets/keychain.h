// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <base/token.h>

#include <QFuture>
#include <QString>

namespace edgewise::secrets {

/// Where the desktop keeps secrets. All methods return at once; a call whose future is dropped
/// still happens. A desktop without keychain answers Unavailable, which is no error.
class Keychain {
public:
    struct Answer {
        enum class Kind { Done, NotStored, Unavailable };
        Kind kind = Kind::Done;
        Token token;    ///< of a successful read
        QString reason; ///< why it is unavailable, in the system's words; may be empty
    };

    virtual ~Keychain() = default;
    virtual QFuture<Result<Answer>> read(const QString &name) = 0;
    virtual QFuture<Result<Answer>> write(const QString &name, const Token &token) = 0;
    virtual QFuture<Result<Answer>> remove(const QString &name) = 0;
};

} // namespace edgewise::secrets
