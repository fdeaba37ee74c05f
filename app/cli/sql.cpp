// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "source.h"

#include <store/database.h>
#include <store/rowtext.h>
#include <store/sqlrun.h>

namespace edgewise::cli {

namespace {

constexpr int sqlDeadlineMilliseconds = 60'000;

struct SqlOptions {
    std::string source;
    std::string statement;
    bool csv = false;
    bool json = false;
    bool write = false;
};

// Columns and cells with tabs between them, one line a row: a line break in a cell is shown as \n.
QByteArray tabSeparated(QStringList cells)
{
    for (QString &cell : cells)
        cell.replace(u'\\', QStringLiteral("\\\\"))
            .replace(u'\t', QStringLiteral("\\t"))
            .replace(u'\n', QStringLiteral("\\n"))
            .replace(u'\r', QStringLiteral("\\r"));
    return cells.join(u'\t').toUtf8();
}

QByteArray header(const SqlOptions &options, const QStringList &columns)
{
    return options.csv ? store::csvHeader(columns) : tabSeparated(columns);
}

QByteArray rowLine(const SqlOptions &options, const QStringList &columns, const QVariantList &row)
{
    if (options.json)
        return store::jsonRow(columns, row);
    if (options.csv)
        return store::csvLine(row);
    QStringList cells;
    for (const QVariant &cell : row)
        cells.append(store::cellText(cell));
    return tabSeparated(cells);
}

int runStatement(Invocation &invocation, const SqlOptions &options)
{
    const auto source = parseSource(QString::fromStdString(options.source));
    if (!source)
        return complain(source.error());
    const QString step = QStringLiteral("running the statement on %1").arg(source->text);
    if (source->kind != SourceArgument::Kind::Database)
        return complain({.kind = Error::Kind::Input,
                         .step = step,
                         .detail = QStringLiteral("a document has no rows")});
    const store::SqlRequest request{.sql = QString::fromStdString(options.statement),
                                    .allowWrite = options.write,
                                    .rowLimit = 0};
    if (auto allowed = store::checkSql(request.sql, request.allowWrite); !allowed) {
        Error error = std::move(allowed).error();
        error.step = step;
        if (error.kind == Error::Kind::ReadOnly)
            error.detail += QStringLiteral(" without --write");
        return complain(error);
    }
    store::ConnectionOptions connection = invocation.connection();
    connection.deadlineMilliseconds = sqlDeadlineMilliseconds;
    const auto database = store::Database::open(source->database, connection,
                                                options.write ? store::Database::Access::Write
                                                              : store::Database::Access::Read);
    if (!database)
        return complain(database.error());

    bool hasHeader = options.json;
    const auto print = [&](const QStringList &columns, const QVariantList &row) {
        if (!std::exchange(hasHeader, true))
            invocation.output.line(header(options, columns));
        invocation.output.line(rowLine(options, columns, row));
        return !invocation.output.isBroken();
    };
    const auto summary = store::runSql(**database, request, print, step);
    if (!summary)
        return complain(summary.error());
    if (!hasHeader && !summary->columns.isEmpty())
        invocation.output.line(header(options, summary->columns));
    if (options.write && summary->columns.isEmpty())
        tell(QStringLiteral("%1 rows were changed.").arg(summary->affectedRows));
    return Done;
}

} // namespace

void addSql(CLI::App &app, Command &chosen)
{
    auto *command =
        app.add_subcommand("sql", "Run one SQL statement; token hashes are never shown");
    auto options = std::make_shared<SqlOptions>();
    command->add_option("SOURCE", options->source, "A node, a SQLite file or a data directory")
        ->required();
    command->add_option("STATEMENT", options->statement, "One statement of SQLite's SQL")
        ->required();
    auto *csv = command->add_flag("--csv", options->csv, "Comma separated values with a header");
    command->add_flag("--json", options->json, "One JSON object a row")->excludes(csv);
    command->add_flag("--write", options->write,
                      "Let the statement change the database; else it may only read");
    command->callback([options, &chosen] {
        chosen = [options](Invocation &invocation) { return runStatement(invocation, *options); };
    });
}

} // namespace edgewise::cli
