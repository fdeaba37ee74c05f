// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <settings/connectionsettings.h>

#include <QByteArray>

namespace edgewise::workspace {

/// The connection that a docker-compose.yml describes: services of an sqld image (SQLD_NODE says
/// which is the primary) and of a Flipt image, by the ports that they publish on this machine.
/// Input, with what is missing, where there is no primary with such a port.
Result<settings::ConnectionSettings> connectionOfCompose(const QByteArray &yaml);

} // namespace edgewise::workspace
