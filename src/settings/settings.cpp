// SPDX-License-Identifier: GPL-3.0-or-later
#include <settings/settings.h>

#include <QDir>
#include <QStandardPaths>
#include <QUrl>

namespace edgewise::settings {

namespace {

QString userFile()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation))
        .filePath(u"edgewise.ini"_qs);
}

} // namespace

Settings::Settings(const QString &file, QObject *parent)
    : QObject(parent), m_file(file.isEmpty() ? userFile() : file, QSettings::IniFormat)
{
}

void Settings::rememberConnection(const QString &address)
{
    constexpr qsizetype remembered = 10;
    QStringList recent = value(recentConnections);
    recent.removeAll(address);
    recent.prepend(address);
    setValue(recentConnections, recent.mid(0, remembered));
}

std::optional<bool> Settings::decodedBoolean(const QString &text)
{
    if (text == "true"_L1)
        return true;
    return text == "false"_L1 ? std::optional(false) : std::nullopt;
}

std::optional<int> Settings::decodedNumber(const QString &text)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

QString Settings::pathOf(QLatin1StringView key, const QString &part)
{
    if (part.isEmpty())
        return key;
    // An address holds slashes, which would open groups.
    return key + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(part));
}

} // namespace edgewise::settings
