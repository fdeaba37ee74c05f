// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSslConfiguration>
#include <QString>
#include <QTemporaryDir>

namespace edgewise::test {

/// Certificates and tokens made by openssl for one test, in a folder of its own. Ends the test when
/// openssl cannot make them.
class Authority {
public:
    Authority();

    /// The certificate of this authority in PEM.
    QString file() const { return path(QStringLiteral("ca.pem")); }

    /// What a server needs that calls itself by these names ("DNS:localhost,IP:127.0.0.1"). With
    /// negative days the certificate has expired.
    QSslConfiguration serverConfiguration(const QString &names, int days = 2);

    /// For sqld's --auth-jwt-key-file.
    QString tokenKeyFile() const { return path(QStringLiteral("jwt.pub")); }
    /// A JWT (EdDSA) with these claims as JSON.
    QByteArray token(const QByteArray &claims) const;

private:
    QString path(const QString &name) const { return m_directory.filePath(name); }

    QTemporaryDir m_directory;
    int m_issued = 0;
};

} // namespace edgewise::test
