// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "source.h"

#include <evaluation/population.h>
#include <store/rowstream.h>

#include <QFile>

#include <optional>

namespace edgewise::cli {

/// What the command line says of a population; exactly one of the first three is given.
struct PopulationOptions {
    std::optional<qint64> entities; ///< generated, without a context
    std::string file;               ///< .json (a plan), .csv, .jsonl, .sql; - is JSON Lines
    std::string query;              ///< a SELECT
    std::string queryFrom;          ///< the query's database; else the flags' own
    std::optional<qint64> seed;     ///< of a generated one, in place of the plan's
};

/// A population that the command line names, and what it is read from.
class PopulationArgument {
public:
    /// `flags` is the database of a query that names none.
    static Result<std::unique_ptr<PopulationArgument>> open(const PopulationOptions &options,
                                                            const SourceArgument &flags,
                                                            const Invocation &invocation);

    evaluation::Population &stream() { return *m_population; }
    /// What to call it in messages.
    const QString &name() const { return m_name; }
    /// An error that ended the stream early; to be asked once it has ended.
    Result<void> ending() const;

private:
    PopulationArgument() = default;

    Result<void> generate(const PopulationOptions &options);
    Result<void> openFile(const PopulationOptions &options);
    Result<void> openQuery(const QString &query, const PopulationOptions &options,
                           const SourceArgument &flags, const Invocation &invocation);

    QString m_name;
    QFile m_file;
    std::unique_ptr<store::RowStream> m_rows;
    std::optional<Error> m_error;                         ///< of m_rows
    std::unique_ptr<evaluation::Population> m_population; ///< reads the members above
};

} // namespace edgewise::cli
