// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QString>
#include <QTemporaryDir>

#include <memory>

namespace edgewise::store {

/// A SQLite file made ready to be read without a trace. SQLite creates "-wal" and "-shm" beside a
/// database in WAL mode even when it is opened with mode=ro, unless both are there already (a
/// server runs on it). Where they are not, the file is copied to a folder of ours, with its log,
/// and the copy is read. Never immutable=1: that ignores the log and shows old rows.
class ReadableFile {
public:
    /// NotFound when there is no file, Input when it is no database.
    static Result<ReadableFile> prepare(const QString &path);

    /// The file to open; lives as long as this object.
    const QString &path() const { return m_path; }
    bool isCopy() const { return m_folder != nullptr; }

private:
    QString m_path;
    std::shared_ptr<QTemporaryDir> m_folder;
};

} // namespace edgewise::store
