// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <secrets/keychain.h>

#include <QObject>

namespace QKeychain {
class Job;
}

namespace edgewise::secrets {

/// The keychain of the system through QtKeychain: libsecret (GNOME), KWallet, macOS, Windows. Never
/// a file of its own. Lives on a thread with an event loop; destroyed, it cancels what is under
/// way.
class SystemKeychain : public QObject, public Keychain {
    Q_OBJECT

public:
    /// `service` is the folder of the entries: "edgewise"; tests have their own.
    explicit SystemKeychain(QString service, QObject *parent = nullptr);

    QFuture<Result<Answer>> read(const QString &name) override;
    QFuture<Result<Answer>> write(const QString &name, const Token &token) override;
    QFuture<Result<Answer>> remove(const QString &name) override;

private:
    /// Takes the job and starts it.
    QFuture<Result<Answer>> run(QKeychain::Job *job, const QString &name, const QString &step);

    const QString m_service;
};

} // namespace edgewise::secrets
