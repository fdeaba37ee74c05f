// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/textfile.h"

#include <QFile>
#include <QSaveFile>

namespace edgewise::models {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 largestTextFile = 64 * 1024 * 1024;
} // namespace

Error fileError(const QString &step, const QFileDevice &file)
{
    const bool isMissing =
        file.error() == QFileDevice::OpenError && !QFile::exists(file.fileName());
    return {.kind = isMissing ? Error::Kind::NotFound : Error::Kind::Input,
            .step = step,
            .detail = file.fileName() + u": "_qs + file.errorString()};
}

Result<QByteArray> readTextFile(const QString &step, const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(step, file);
    if (file.size() > largestTextFile)
        return Error{.kind = Error::Kind::Input,
                     .step = step,
                     .detail = name + u": the file is larger than 64 MiB"_qs};
    const QByteArray text = file.readAll();
    return file.error() == QFileDevice::NoError ? Result<QByteArray>(text) : fileError(step, file);
}

Result<void> writeTextFile(const QString &step, const QString &name, const QByteArray &text)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return fileError(step, file);
    return {};
}

QByteArray csvField(const QString &text)
{
    QByteArray field = text.toUtf8();
    const bool needsQuotes = field.contains(',') || field.contains('"') || field.contains('\n')
                             || field.contains('\r') || field.startsWith(' ')
                             || field.endsWith(' ');
    return needsQuotes ? '"' + field.replace('"', "\"\"") + '"' : field;
}

} // namespace edgewise::models
