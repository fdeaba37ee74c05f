// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/connection.h>

#include <QThreadPool>

namespace edgewise::datapage {

/// A database whose rows can be looked at.
struct DataSource {
    QString name; ///< for people
    store::Source source;
    store::ConnectionOptions options; ///< readOnly is the page's own matter
};

/// Ends what waits for its running call at its end, away from the calling thread.
template <typename T>
void retire(std::unique_ptr<T> ending)
{
    if (ending)
        QThreadPool::globalInstance()->start(
            [shared = std::shared_ptr<T>(std::move(ending))]() mutable { shared.reset(); });
}

} // namespace edgewise::datapage
