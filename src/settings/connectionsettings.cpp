// SPDX-License-Identifier: GPL-3.0-or-later
#include <settings/connectionsettings.h>
#include <settings/settings.h>

namespace edgewise::settings {

namespace {

// Each by the address of the primary.
const Setting<QString> connectionName{"connectionName"_L1, {}};
const Setting<QStringList> connectionReplicas{"connectionReplicas"_L1, {}};
const Setting<QStringList> connectionFlipts{"connectionFlipts"_L1, {}};
const Setting<QString> connectionEnvironment{
    "connectionEnvironment"_L1, {}, [](const QString &name) {
        return environmentNames().contains(name);
    }};
const Setting<QString> connectionAuthorities{"connectionAuthoritiesFile"_L1, {}};
const Setting<QString> connectionProxy{"connectionProxy"_L1, {}};

} // namespace

QStringList environmentNames()
{
    return {u"development"_qs, u"staging"_qs, u"production"_qs};
}

ConnectionSettings connectionSettings(const Settings &settings, const QString &primary)
{
    return {.primary = primary,
            .name = settings.value(connectionName, primary),
            .replicas = settings.value(connectionReplicas, primary),
            .flipts = settings.value(connectionFlipts, primary),
            .environment = settings.value(connectionEnvironment, primary),
            .authoritiesFile = settings.value(connectionAuthorities, primary),
            .proxy = settings.value(connectionProxy, primary)};
}

void keep(Settings &settings, const ConnectionSettings &connection)
{
    const QString &primary = connection.primary;
    settings.setValue(connectionName, connection.name, primary);
    settings.setValue(connectionReplicas, connection.replicas, primary);
    settings.setValue(connectionFlipts, connection.flipts, primary);
    settings.setValue(connectionEnvironment, connection.environment, primary);
    settings.setValue(connectionAuthorities, connection.authoritiesFile, primary);
    settings.setValue(connectionProxy, connection.proxy, primary);
}

void forgetConnection(Settings &settings, const QString &primary)
{
    ConnectionSettings nothing;
    nothing.primary = primary;
    keep(settings, nothing);
    settings.setValue(backupOffered, false, primary);
    QStringList recent = settings.value(recentConnections);
    recent.removeAll(primary);
    settings.setValue(recentConnections, recent);
}

} // namespace edgewise::settings
