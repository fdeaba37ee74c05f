// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/connectoptions.h"

#include <QFile>

namespace edgewise::sqldriver {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 1024 * 1024;

Error refuse(const QString &detail)
{
    return Error{
        .kind = Error::Kind::Input, .step = u"reading the connect options"_qs, .detail = detail};
}

Result<QByteArray> readFile(const QString &option, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refuse(u"%1: %2 cannot be read: %3"_qs.arg(option, path, file.errorString()));
    return file.read(largestFile);
}

Result<qint64> readNumber(const QString &option, const QString &text, qint64 least, qint64 most)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || number < least || number > most)
        return refuse(u"%1 must be a number from %2 to %3."_qs.arg(option).arg(least).arg(most));
    return number;
}

Result<void> take(ConnectOptions &options, const QString &name, const QString &value, bool hasValue)
{
    const bool isFlag = name == u"QLIBSQL_READ_ONLY" || name == u"QLIBSQL_COMPRESSION";
    if (isFlag) {
        if (hasValue && value != u"1" && value != u"0")
            return refuse(u"%1 takes no value, or 0 or 1."_qs.arg(name));
        const bool on = value != u"0";
        (name == u"QLIBSQL_READ_ONLY" ? options.readOnly : options.endpoint.compression) = on;
        return {};
    }
    if (name == u"QLIBSQL_TOKEN") {
        options.endpoint.token = Token(value.toUtf8());
    } else if (name == u"QLIBSQL_TOKEN_FILE") {
        const auto content = readFile(name, value);
        if (!content)
            return content.error();
        options.endpoint.token = Token(content->trimmed());
    } else if (name == u"QLIBSQL_TIMEOUT") {
        const auto number = readNumber(name, value, 1, 3'600'000);
        if (!number)
            return number.error();
        options.timeoutMilliseconds = int(*number);
    } else if (name == u"QLIBSQL_CONNECT_TIMEOUT" || name == u"QLIBSQL_IDLE_TIMEOUT") {
        const auto number = readNumber(name, value, 1, 3'600'000);
        if (!number)
            return number.error();
        (name == u"QLIBSQL_IDLE_TIMEOUT" ? options.times.idle : options.times.connect) =
            int(*number);
    } else if (name == u"QLIBSQL_RETRIES") {
        const auto number = readNumber(name, value, 0, 10);
        if (!number)
            return number.error();
        options.retries = int(*number);
    } else if (name == u"QLIBSQL_NAMESPACE") {
        options.endpoint.databaseNamespace = value;
    } else if (name == u"QLIBSQL_TRANSACTION") {
        const QString mode = value.toUpper();
        if (mode != u"DEFERRED" && mode != u"IMMEDIATE" && mode != u"EXCLUSIVE")
            return refuse(u"%1 must be deferred, immediate or exclusive."_qs.arg(name));
        options.beginStatement = u"BEGIN "_qs + mode;
    } else if (name == u"QLIBSQL_CA_FILE") {
        const auto content = readFile(name, value);
        if (!content)
            return content.error();
        options.endpoint.authorities = *content;
    } else if (name == u"QLIBSQL_PROXY") {
        const auto proxy = Proxy::parse(value);
        if (!proxy)
            return refuse(name + u": "_qs + proxy.error().detail);
        options.endpoint.proxy = *proxy;
    } else if (name == u"QLIBSQL_MAX_ANSWER") {
        const auto number = readNumber(name, value, 1024, 2'000'000'000);
        if (!number)
            return number.error();
        options.largestAnswer = *number;
    } else {
        return refuse(u"The connect option %1 is not known."_qs.arg(name));
    }
    return {};
}

} // namespace

Result<ConnectOptions> readConnectOptions(const QString &url, const QString &password,
                                          const QString &options)
{
    ConnectOptions result;
    result.endpoint.url = QUrl(url, QUrl::StrictMode);
    result.endpoint.token = Token(password.toUtf8());
    const auto entries = QStringView(options).split(u';', Qt::SkipEmptyParts);
    for (const QStringView entry : entries) {
        const qsizetype sign = entry.indexOf(u'=');
        const QString name = (sign < 0 ? entry : entry.first(sign)).trimmed().toString();
        const QString value = sign < 0 ? QString() : entry.sliced(sign + 1).trimmed().toString();
        if (name.isEmpty() && sign < 0)
            continue;
        if (const auto taken = take(result, name, value, sign >= 0); !taken)
            return taken.error();
    }
    if (const auto valid = hrana::check(result.endpoint); !valid)
        return valid.error();
    return result;
}

} // namespace edgewise::sqldriver
