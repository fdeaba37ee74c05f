// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/directorylock.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace edgewise::lab {

namespace {

Error lockError(Error::Kind kind, const QString &directory, const QString &detail)
{
    return {.kind = kind,
            .step = QStringLiteral("taking the lab's folder %1").arg(directory),
            .detail = detail};
}

} // namespace

Result<std::unique_ptr<DirectoryLock>> DirectoryLock::take(const QString &directory)
{
    if (!QDir().mkpath(directory)) {
        return lockError(Error::Kind::Input, directory,
                         QStringLiteral("the folder cannot be created"));
    }
    const QByteArray path = QFile::encodeName(directory + QStringLiteral("/lab.lock"));
    // Never inherited: a child that outlives this process must not keep its successor out.
    const int descriptor = ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return lockError(Error::Kind::Input, directory, qt_error_string(errno));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        char holder[24] = {};
        const ssize_t size = ::read(descriptor, holder, sizeof holder - 1);
        ::close(descriptor);
        return lockError(Error::Kind::Conflict, directory,
                         QStringLiteral("another lab runs in it (process %1)")
                             .arg(QLatin1StringView(holder, std::max<ssize_t>(size, 0))));
    }
    // The number only serves the message above; a failure to write it is no failure to lock.
    const QByteArray own = QByteArray::number(::getpid());
    if (::ftruncate(descriptor, 0) != 0
        || ::write(descriptor, own.constData(), size_t(own.size())) < 0)
        ::lseek(descriptor, 0, SEEK_SET);
    return std::unique_ptr<DirectoryLock>(new DirectoryLock(descriptor));
}

DirectoryLock::~DirectoryLock()
{
    ::close(m_descriptor);
}

} // namespace edgewise::lab
