// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace edgewise::settings {

class Settings;

/// How a person set up one connection; kept under the address of its primary. No secrets: tokens
/// live in the system's keychain.
struct ConnectionSettings {
    QString primary;      ///< address of an sqld node, or path of a SQLite file
    QString name;         ///< for people; empty means host and port, or the file's name
    QStringList replicas; ///< addresses of the nodes that follow it
    QStringList flipts;   ///< addresses of running Flipts
    /// "development", "staging" or "production"; empty for what nobody else uses.
    QString environment;
    QString authoritiesFile =
        {};             ///< PEM certificates for https, beside the system's; empty for none
    QString proxy = {}; ///< to the nodes and Flipts; empty means the system's
    friend bool operator==(const ConnectionSettings &, const ConnectionSettings &) = default;
};

/// The words of ConnectionSettings::environment, from the least to the most guarded.
QStringList environmentNames();

/// What is kept for the address; `primary` alone where nothing is.
ConnectionSettings connectionSettings(const Settings &settings, const QString &primary);
void keep(Settings &settings, const ConnectionSettings &connection);
/// Also as a recent connection.
void forgetConnection(Settings &settings, const QString &primary);

} // namespace edgewise::settings
