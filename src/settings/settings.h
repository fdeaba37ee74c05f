// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QSettings>
#include <QStringList>

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
inline const Setting<QByteArray> windowGeometry{"window/geometry"_L1, {}};
inline const Setting<QString> lastPage{"window/page"_L1, u"flags"_qs};
/// Splitters and headers, by object name.
inline const Setting<QByteArray> viewState{"view"_L1, {}};
/// The namespace last chosen, by the address of the connection.
inline const Setting<QString> lastNamespace{"namespace"_L1, u"default"_qs};
/// Addresses of primaries, the newest first; no tokens.
inline const Setting<QStringList> recentConnections{"connections/recent"_L1, {}};
/// Paths of programs; empty means that they are looked for.
inline const Setting<QString> sqldProgram{"lab/sqld"_L1, {}};
inline const Setting<QString> fliptProgram{"lab/flipt"_L1, {}};

/// The user's settings in one INI file. What the program does not know stays in the file as it is.
/// Lives on the thread that made it; writes reach the disk by themselves, and at the destruction.
class Settings {
public:
    /// The file need not exist; "" is the user's own (QStandardPaths::AppConfigLocation).
    explicit Settings(const QString &file = {});

    /// `part` tells entries of the same kind apart: an object name, an address.
    template <typename T>
    T value(const Setting<T> &setting, const QString &part = {}) const
    {
        const QVariant stored = m_file.value(pathOf(setting.key, part));
        if (!stored.isValid() || !stored.canConvert<T>())
            return setting.fallback;
        const T value = stored.value<T>();
        return !setting.accepts || setting.accepts(value) ? value : setting.fallback;
    }

    /// Writing the fallback removes the entry.
    template <typename T>
    void setValue(const Setting<T> &setting, const T &value, const QString &part = {})
    {
        if (value == setting.fallback)
            m_file.remove(pathOf(setting.key, part));
        else
            m_file.setValue(pathOf(setting.key, part), value);
    }

private:
    static QString pathOf(QLatin1StringView key, const QString &part);

    QSettings m_file;
};

} // namespace edgewise::settings
