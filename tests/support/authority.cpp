// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/authority.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>

namespace edgewise::test {

namespace {

QByteArray openssl(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("openssl"), arguments);
    if (!process.waitForFinished(60000) || process.exitCode() != 0)
        qFatal("openssl %s: %s", qPrintable(arguments.join(u' ')),
               process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

QByteArray fileContent(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(name));
    return file.readAll();
}

void writeFile(const QString &name, const QByteArray &content)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(name));
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

} // namespace

Authority::Authority()
{
    openssl(words("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
                  "/CN=authority -addext basicConstraints=critical,CA:TRUE")
            + QStringList{QStringLiteral("-keyout"), path(QStringLiteral("ca.key")),
                          QStringLiteral("-out"), file()});
    openssl(words("genpkey -algorithm ed25519 -out")
            + QStringList{path(QStringLiteral("jwt.key"))});
    openssl(words("pkey -pubout -in")
            + QStringList{path(QStringLiteral("jwt.key")), QStringLiteral("-out"), tokenKeyFile()});
}

QSslConfiguration Authority::serverConfiguration(const QString &names, int days)
{
    const QString name = path(QStringLiteral("server%1").arg(++m_issued));
    openssl(words("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=server -keyout")
            + QStringList{name + QStringLiteral(".key"), QStringLiteral("-out"),
                          name + QStringLiteral(".csr")});
    writeFile(name + QStringLiteral(".ext"),
              "basicConstraints=CA:FALSE\nsubjectAltName=" + names.toUtf8());
    openssl(words("x509 -req -CAcreateserial -in")
            + QStringList{name + QStringLiteral(".csr"), QStringLiteral("-days"),
                          QString::number(days), QStringLiteral("-CA"), file(),
                          QStringLiteral("-CAkey"), path(QStringLiteral("ca.key")),
                          QStringLiteral("-extfile"), name + QStringLiteral(".ext"),
                          QStringLiteral("-out"), name + QStringLiteral(".pem")});
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(
        QSslCertificate(fileContent(name + QStringLiteral(".pem")), QSsl::Pem));
    configuration.setPrivateKey(QSslKey(fileContent(name + QStringLiteral(".key")), QSsl::Ec));
    return configuration;
}

QByteArray Authority::token(const QByteArray &claims) const
{
    constexpr auto encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    const QByteArray text = QByteArray(R"({"alg":"EdDSA","typ":"JWT"})").toBase64(encoding) + '.'
                            + claims.toBase64(encoding);
    const QString input = path(QStringLiteral("claims"));
    writeFile(input, text);
    const QByteArray signature =
        openssl(words("pkeyutl -sign -rawin -inkey")
                + QStringList{path(QStringLiteral("jwt.key")), QStringLiteral("-in"), input});
    return text + '.' + signature.toBase64(encoding);
}

} // namespace edgewise::test
