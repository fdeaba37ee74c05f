// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

namespace edgewise::cli {

namespace {

// As much as features::parse takes, and a byte that tells that there is more.
constexpr qint64 maximumDocumentSize = (128 << 20) + 1;

Error fileError(const QString &step, const QString &detail)
{
    return {.kind = Error::Kind::Input, .step = step, .detail = detail};
}

} // namespace

Result<features::Document> readDocument(const QString &path)
{
    const QString step = QStringLiteral("reading %1").arg(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(step, file.errorString());
    const QByteArray text = file.read(maximumDocumentSize);
    if (file.error() != QFile::NoError)
        return fileError(step, file.errorString());
    const auto format = formatForWriting(path);
    if (!format)
        return format.error();
    auto document = features::parse(text, *format);
    if (!document) {
        Error error = document.error();
        error.step = step;
        return error;
    }
    return document;
}

Result<features::Format> formatForWriting(const QString &path)
{
    if (const auto format = features::formatOf(path))
        return *format;
    return fileError(QStringLiteral("choosing the format of %1").arg(path),
                     QStringLiteral("its name must end in .yml, .yaml or .json"));
}

Result<void> writeFile(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit();
    if (!written)
        return fileError(QStringLiteral("writing %1").arg(path), file.errorString());
    return {};
}

Result<QStringList> writeDocument(const QString &path, const flags::Snapshot &snapshot,
                                  features::PrintOptions options, const Clock &clock)
{
    const auto format = formatForWriting(path);
    if (!format)
        return format.error();
    options.format = *format;
    options.header = features::Header{
        QStringLiteral("Edgewise (v%1)").arg(QCoreApplication::applicationVersion()),
        clock.wallNanoseconds()};
    const auto printed = features::print(snapshot, options);
    if (!printed)
        return printed.error();

    if (const auto written = writeFile(path, printed->text); !written)
        return written.error();
    QStringList warnings;
    for (const features::Warning &warning : printed->warnings)
        warnings.append(warningText(warning));
    return warnings;
}

QString warningText(const features::Warning &warning)
{
    if (warning.line == 0)
        return warning.text;
    return QStringLiteral("line %1, column %2: %3")
        .arg(warning.line)
        .arg(warning.column)
        .arg(warning.text);
}

} // namespace edgewise::cli
