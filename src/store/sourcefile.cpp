// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/sourcefile.h>

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace edgewise::store {

using namespace Qt::StringLiterals;

namespace {

// https://www.sqlite.org/fileformat.html: the magic text, and the read version at offset 19, which
// is 2 for a database in WAL mode.
constexpr char magic[] = "SQLite format 3";
constexpr qsizetype headerSize = 100;
constexpr qsizetype readVersionOffset = 19;

Error failed(Error::Kind kind, const QString &path, const QString &why)
{
    return {.kind = kind, .step = u"opening "_qs + path, .detail = why};
}

/// What changes when somebody writes the file.
std::pair<qint64, QDateTime> state(const QString &path)
{
    const QFileInfo info(path);
    return {info.size(), info.lastModified()};
}

Result<void> copyTo(const QString &from, const QString &to)
{
    QFile file(from);
    if (!file.copy(to))
        return failed(Error::Kind::Input, from, u"it cannot be copied: "_qs + file.errorString());
    QFile::setPermissions(to, QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

} // namespace

Result<ReadableFile> ReadableFile::prepare(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return failed(Error::Kind::NotFound, path, u"there is no such file"_qs);
    if (!file.open(QIODevice::ReadOnly))
        return failed(Error::Kind::Input, path, file.errorString());
    const QByteArray header = file.read(headerSize);
    file.close();
    if (!header.isEmpty() && !header.startsWith(QByteArrayView(magic, sizeof magic)))
        return failed(Error::Kind::Input, path, u"file is not a SQLite database"_qs);

    ReadableFile readable;
    readable.m_path = path;
    const QString log = path + u"-wal";
    const bool walMode = header.size() == headerSize && header[readVersionOffset] == 2;
    if (!walMode || (QFile::exists(log) && QFile::exists(path + u"-shm")))
        return readable;

    readable.m_folder = std::make_shared<QTemporaryDir>();
    if (!readable.m_folder->isValid())
        return failed(Error::Kind::Input, path,
                      u"no folder for a copy: "_qs + readable.m_folder->errorString());
    const QString copy = readable.m_folder->filePath(u"data"_qs);
    constexpr int attempts = 3;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto before = std::pair(state(path), state(log));
        QFile::remove(copy);
        QFile::remove(copy + u"-wal");
        if (auto done = copyTo(path, copy); !done)
            return done.error();
        if (QFile::exists(log)) {
            if (auto done = copyTo(log, copy + u"-wal"); !done)
                return done.error();
        }
        if (before == std::pair(state(path), state(log))) {
            readable.m_path = copy;
            return readable;
        }
    }
    return failed(Error::Kind::Input, path, u"it changed while it was copied; try again"_qs);
}

} // namespace edgewise::store
