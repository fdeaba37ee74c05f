// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample/sampleworkspace.h"

#include <QFile>

// Nothing else pulls the resource out of a static library; the macro declares a function, so that
// it cannot stand in a namespace.
static void registerSampleResource()
{
    Q_INIT_RESOURCE(sample);
}

namespace edgewise {

QByteArray sampleWorkspace()
{
    [[maybe_unused]] static const bool registered = (registerSampleResource(), true);
    QFile file(QStringLiteral(":/sample/features.yml"));
    [[maybe_unused]] const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    return file.readAll();
}

} // namespace edgewise
