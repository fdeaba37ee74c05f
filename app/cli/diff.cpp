// SPDX-License-Identifier: GPL-3.0-or-later
#include "changetext.h"
#include "commands.h"
#include "diagnostics.h"
#include "rowdiff.h"
#include "source.h"

#include <changes/align.h>

namespace edgewise::cli {

namespace {

struct DiffOptions {
    std::string a;
    std::string b;
    bool rows = false;
    std::string table;
    bool json = false;
};

// The two snapshots with their generated ids brought together.
struct Comparison {
    flags::Snapshot before;
    flags::Snapshot after;
};

Comparison compared(const flags::Snapshot &a, const flags::Snapshot &b, bool onlyAIsDocument)
{
    using changes::AlignMode;
    // A document leaves open what a database has to say, so it is laid onto the database.
    if (onlyAIsDocument)
        return {changes::align(b, a, AlignMode::Replace), b};
    return {a, changes::align(a, b, AlignMode::Replace)};
}

int diffFlags(Invocation &invocation, const SourceArgument &a, const SourceArgument &b, bool json)
{
    const auto loadedA = loadSnapshot(a, invocation);
    if (!loadedA)
        return complain(loadedA.error());
    const auto loadedB = loadSnapshot(b, invocation);
    if (!loadedB)
        return complain(loadedB.error());
    const auto isDocument = [](const SourceArgument &source) {
        return source.kind == SourceArgument::Kind::Document;
    };
    const auto [before, after] =
        compared(loadedA->snapshot, loadedB->snapshot, isDocument(a) && !isDocument(b));
    // What Flipt answers and shows; times are left out.
    const changes::ChangeSet difference = changes::semantic(changes::diff(before, after));
    for (const QByteArray &line :
         json ? changeJsonLines(difference) : changeLines(difference, before, after))
        invocation.output.line(line);
    return difference.isEmpty() ? Done : Findings;
}

int diff(Invocation &invocation, const DiffOptions &options)
{
    const auto a = parseSource(QString::fromStdString(options.a));
    if (!a)
        return complain(a.error());
    const auto b = parseSource(QString::fromStdString(options.b));
    if (!b)
        return complain(b.error());
    if (!options.rows)
        return diffFlags(invocation, *a, *b, options.json);
    for (const SourceArgument *source : {&*a, &*b})
        if (source->kind != SourceArgument::Kind::Database)
            return complain({.kind = Error::Kind::Input,
                             .step = QStringLiteral("comparing the rows of %1").arg(source->text),
                             .detail = QStringLiteral("a document has no rows")});
    return printRowDifferences(invocation, *a, *b,
                               {QString::fromStdString(options.table), options.json});
}

} // namespace

void addDiff(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand(
        "diff", "What is different in B; as flags, or row by row. Exit 1 when anything is");
    auto options = std::make_shared<DiffOptions>();
    command->add_option("A", options->a, "A source")->required();
    command->add_option("B", options->b, "Another")->required();
    auto *rows = command->add_flag("--rows", options->rows, "Compare rows instead of flags");
    command->add_option("--table", options->table, "Only the rows of this table; by default of all")
        ->needs(rows);
    command->add_flag("--json", options->json, "One JSON object a line");
    command->callback([options, &chosen] {
        chosen = [options](Invocation &invocation) { return diff(invocation, *options); };
    });
}

} // namespace edgewise::cli
