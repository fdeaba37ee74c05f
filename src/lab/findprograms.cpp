// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/lab.h"

#include <QFileInfo>
#include <QStandardPaths>

namespace edgewise::lab {

namespace {

bool runs(const QString &path)
{
    const QFileInfo file(path);
    return file.isFile() && file.isExecutable();
}

Result<QString> given(const QString &setting, const QString &step)
{
    // A name without a folder is looked for on PATH, as a shell would.
    if (!setting.contains(u'/')) {
        if (const QString found = QStandardPaths::findExecutable(setting); !found.isEmpty())
            return found;
    } else if (runs(setting)) {
        return QFileInfo(setting).absoluteFilePath();
    }
    return Error{.kind = Error::Kind::NotFound,
                 .step = step,
                 .detail = QStringLiteral("%1 is not a program that can be run").arg(setting)};
}

} // namespace

Result<QString> findSqld(const QString &setting)
{
    const QString step = QStringLiteral("looking for sqld");
    if (!setting.isEmpty())
        return given(setting, step);
    if (const QString found = QStandardPaths::findExecutable(QStringLiteral("sqld"));
        !found.isEmpty())
        return found;
    const QString pinned =
        QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
        + QStringLiteral("/edgewise/sqld-0.24.32/sqld"); // as packaging/install-sqld has it
    if (runs(pinned))
        return pinned;
    return Error{.kind = Error::Kind::NotFound,
                 .step = step,
                 .detail = QStringLiteral("no sqld on PATH, none at %1").arg(pinned)};
}

Result<QString> findFlipt(const QString &setting)
{
    const QString step = QStringLiteral("looking for flipt");
    if (!setting.isEmpty())
        return given(setting, step);
    if (const QString found = QStandardPaths::findExecutable(QStringLiteral("flipt"));
        !found.isEmpty())
        return found;
    return Error{
        .kind = Error::Kind::NotFound, .step = step, .detail = QStringLiteral("no flipt on PATH")};
}

} // namespace edgewise::lab
