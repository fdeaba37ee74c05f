// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <memory>

namespace edgewise::lab {

/// Holds a lab's folder for this process, by flock(2) on a file in it: two sqld on one data
/// directory both start, and the second destroys the first one's replication log (sqld has no lock
/// of its own). The kernel releases it when the process ends, however it ends.
class DirectoryLock {
public:
    /// Creates the folder where it is missing. Conflict when another process holds it.
    static Result<std::unique_ptr<DirectoryLock>> take(const QString &directory);
    ~DirectoryLock();
    DirectoryLock(const DirectoryLock &) = delete;
    DirectoryLock &operator=(const DirectoryLock &) = delete;

private:
    explicit DirectoryLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace edgewise::lab
