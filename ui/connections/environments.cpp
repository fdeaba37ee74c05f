// SPDX-License-Identifier: GPL-3.0-or-later
#include <connections/environments.h>
#include <settings/connectionsettings.h>

namespace edgewise::connections {

theme::Environment environmentNamed(const QString &name)
{
    // The names stand in the order of the enumeration, Local has none.
    return static_cast<theme::Environment>(settings::environmentNames().indexOf(name) + 1);
}

QString nameOf(theme::Environment environment)
{
    return settings::environmentNames().value(static_cast<int>(environment) - 1);
}

} // namespace edgewise::connections
