// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnostics.h"

#include <messages/sentence.h>

#include <cstdio>

namespace edgewise::cli {

ExitCode exitCodeOf(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Conflict:
        return Conflicted;
    case Error::Kind::Unknown:
        return OutcomeUnknown;
    default:
        return Failed;
    }
}

void tell(const QString &text)
{
    const QByteArray line = "edgewise-cli: " + text.toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

int complain(const Error &error)
{
    tell(messages::sentence(error));
    return exitCodeOf(error);
}

} // namespace edgewise::cli
