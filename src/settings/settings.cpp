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

Settings::Settings(const QString &file)
    : m_file(file.isEmpty() ? userFile() : file, QSettings::IniFormat)
{
}

QString Settings::pathOf(QLatin1StringView key, const QString &part)
{
    if (part.isEmpty())
        return key;
    // An address holds slashes, which would open groups.
    return key + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(part));
}

} // namespace edgewise::settings
