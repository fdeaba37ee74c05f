// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QObject>
#include <QSettings>
#include <QStringList>

#include <optional>

namespace edgewise::settings {

/// One entry of the settings file. Secrets are none: they live in the system's keychain.
template <typename T>
struct Setting {
    QLatin1StringView key; ///< "group/name"; below it may stand one part more, see Settings::value
    T fallback;
    bool (*accepts)(const T &) =
        nullptr; ///< null accepts all; what is not accepted reads as fallback
};

// The table of all settings. A key is never given a second meaning: an older or newer program may
// share the file.
using namespace Qt::StringLiterals;

/// "system", "light" or "dark".
inline const Setting<QString> theme{"window/theme"_L1, u"system"_qs, [](const QString &name) {
                                        return name == "system"_L1 || name == "light"_L1
                                               || name == "dark"_L1;
                                    }};
/// "comfortable" or "compact".
inline const Setting<QString> density{
    "window/density"_L1, u"comfortable"_qs,
    [](const QString &name) { return name == "comfortable"_L1 || name == "compact"_L1; }};
/// Nothing fades.
inline const Setting<bool> reducedMotion{"window/reducedMotion"_L1, false};
inline const Setting<QByteArray> windowGeometry{"window/geometry"_L1, {}};
inline const Setting<QString> lastPage{"window/page"_L1, u"flags"_qs};
/// Splitters and headers, by object name.
inline const Setting<QByteArray> viewState{"view"_L1, {}};
/// Columns of the table of flags besides the key; none is the usual choice.
inline const Setting<QStringList> flagColumns{"flags/columns"_L1, {}};
/// The namespace last chosen, by the address of the connection.
inline const Setting<QString> lastNamespace{"namespace"_L1, u"default"_qs};
/// Addresses of primaries, the newest first; no tokens.
inline const Setting<QStringList> recentConnections{"connections/recent"_L1, {}};
/// Whether a backup was offered before the first save, by the address of the connection.
inline const Setting<bool> backupOffered{"connectionBackupOffered"_L1, false};
/// Paths of programs; empty means that they are looked for.
inline const Setting<QString> sqldProgram{"lab/sqld"_L1, {}};
inline const Setting<QString> fliptProgram{"lab/flipt"_L1, {}};
/// Of the nodes in view; milliseconds.
inline const Setting<int> samplingInterval{
    "replication/samplingMilliseconds"_L1, 1000,
    [](const int &interval) { return interval >= 100 && interval <= 60'000; }};
/// How far a node may lag before the window says so, in milliseconds, by the node's address; 0 is
/// without a limit.
inline const Setting<int> lagLimit{"replication/lagLimitMilliseconds"_L1, 0,
                                   [](const int &limit) { return limit >= 0; }};
/// Statements that were run on the Data page, the newest first.
inline const Setting<QStringList> sqlHistory{"data/sqlHistory"_L1, {}};
/// Who saves, in the history; empty means the login name.
inline const Setting<QString> author{"history/author"_L1, {}};

/// The user's settings in one INI file. What the program does not know stays in the file as it is.
/// Lives on the thread that made it; writes reach the disk by themselves, and at the destruction.
class Settings : public QObject {
    Q_OBJECT

public:
    /// The file need not exist; "" is the user's own (QStandardPaths::AppConfigLocation).
    explicit Settings(const QString &file = {}, QObject *parent = nullptr);

    /// `part` tells entries of the same kind apart: an object name, an address.
    template <typename T>
    T value(const Setting<T> &setting, const QString &part = {}) const
    {
        const QVariant stored = m_file.value(pathOf(setting.key, part));
        if (!stored.isValid())
            return setting.fallback;
        const std::optional<T> value = decoded<T>(stored);
        return value && (!setting.accepts || setting.accepts(*value)) ? *value : setting.fallback;
    }

    /// Writing the fallback removes the entry.
    template <typename T>
    void setValue(const Setting<T> &setting, const T &newValue, const QString &part = {})
    {
        if (value(setting, part) == newValue)
            return;
        if (newValue == setting.fallback)
            m_file.remove(pathOf(setting.key, part));
        else
            m_file.setValue(pathOf(setting.key, part), newValue);
        emit changed(QString(setting.key), part);
    }

    /// Puts an address in front of recentConnections, once, and drops the oldest beyond ten.
    void rememberConnection(const QString &address);
    /// Brings everything to the disk now.
    void sync() { m_file.sync(); }

signals:
    /// The value of the setting with that key, and part if it has parts, is another one now.
    void changed(const QString &key, const QString &part);

private:
    /// QVariant turns any text into a truth value and into the number 0; here it is none.
    template <typename T>
    static std::optional<T> decoded(const QVariant &stored)
    {
        if constexpr (std::is_same_v<T, bool>)
            return decodedBoolean(stored.toString());
        else if constexpr (std::is_same_v<T, int>)
            return decodedNumber(stored.toString());
        else
            return stored.canConvert<T>() ? std::optional(stored.value<T>()) : std::nullopt;
    }
    static std::optional<bool> decodedBoolean(const QString &text);
    static std::optional<int> decodedNumber(const QString &text);
    static QString pathOf(QLatin1StringView key, const QString &part);

    QSettings m_file;
};

} // namespace edgewise::settings
