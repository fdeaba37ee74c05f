// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands.h"

#include <base/result.h>
#include <features/parse.h>
#include <store/connection.h>

#include <QFuture>

#include <memory>

namespace edgewise::cli {

/// What a SOURCE argument names.
struct SourceArgument {
    enum class Kind {
        Database,  ///< a node, a SQLite file or an sqld data directory
        Document,  ///< features.yml or .json
        ChangeSet, ///< .changes.json, for apply alone
    };
    Kind kind = Kind::Database;
    store::Source database; ///< of a Database
    QString text;           ///< as given; the path of a Document or ChangeSet
};

/// Tells the kind by scheme and suffix; Input for what the commands cannot read.
Result<SourceArgument> parseSource(const QString &text);

/// A connection to a Database; opened at its first use.
/// With `throughReplica` a replica passes writes on; else it is refused as a target.
std::unique_ptr<store::Connection> connectTo(const SourceArgument &source, bool readOnly,
                                             const Invocation &invocation,
                                             bool throughReplica = false);

/// The flags of a Database or Document; of a database the document has neither warnings nor
/// namespaces by key alone. Blocks.
Result<features::Document> loadSnapshot(const SourceArgument &source, const Invocation &invocation);
Result<features::Document> loadSnapshot(const QString &source, const Invocation &invocation);

/// Waits for an answer: the command line has no event loop that it could hold up.
template <typename T>
Result<T> await(QFuture<Result<T>> future)
{
    return future.takeResult();
}

} // namespace edgewise::cli
