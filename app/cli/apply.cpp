// SPDX-License-Identifier: GPL-3.0-or-later
#include "changetext.h"
#include "commands.h"
#include "diagnostics.h"
#include "documentfile.h"
#include "signals.h"
#include "source.h"

#include <changes/align.h>
#include <changes/json.h>
#include <flags/validate.h>
#include <messages/sentence.h>
#include <store/layout.h>

#include <QFile>

namespace edgewise::cli {

namespace {

struct ApplyOptions {
    std::string target;
    std::string source;
    bool replace = false;
    bool dryRun = false;
    bool sql = false;
    std::string backup;
    bool strict = false;
    bool throughReplica = false;
};

Result<SourceArgument> parseTarget(const QString &text)
{
    auto target = parseSource(text);
    if (!target)
        return target.error();
    const bool isDatabase = target->kind == SourceArgument::Kind::Database;
    if (target->kind == SourceArgument::Kind::Document
        || (isDatabase && target->database.kind != store::Source::Kind::DataDirectory))
        return target;
    return Error{.kind = Error::Kind::ReadOnly,
                 .step = QStringLiteral("applying to %1").arg(text),
                 .detail = isDatabase
                               ? QStringLiteral("an sqld data directory is only read; name the "
                                                "node that serves it")
                               : QStringLiteral("flags are applied to a node, a SQLite file or a "
                                                "document")};
}

Result<changes::ChangeSet> readChanges(const QString &path)
{
    const QString step = QStringLiteral("reading %1").arg(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{.kind = Error::Kind::Input, .step = step, .detail = file.errorString()};
    auto changes = changes::parseJson(file.readAll());
    if (!changes) {
        Error error = changes.error();
        error.step = step;
        return error;
    }
    return changes;
}

// The errors that a document brings into the database; a database's own faults are copied as they
// are.
Result<void> checkDocument(const flags::Snapshot &before, const flags::Snapshot &after,
                           const QString &name)
{
    const auto problems = flags::newErrors(before, after);
    if (problems.empty())
        return {};
    for (size_t i = 1; i < problems.size() && i < 20; ++i)
        tell(messages::place(problems[i].location) + QStringLiteral(": ")
             + messages::sentence(problems[i]));
    return Error{.kind = Error::Kind::Input,
                 .step = QStringLiteral("applying %1").arg(name),
                 .detail = messages::place(problems[0].location) + QStringLiteral(": ")
                           + messages::sentence(problems[0])};
}

// What is to be done to the target, planned on what stands there now.
class Plan {
public:
    static Result<Plan> make(const SourceArgument &source, const flags::Snapshot &target,
                             const ApplyOptions &options, const Invocation &invocation)
    {
        Plan plan;
        if (source.kind == SourceArgument::Kind::ChangeSet) {
            auto changes = readChanges(source.text);
            if (!changes)
                return changes.error();
            // Says which of its old values the target no longer has.
            auto after = changes::apply(target, *changes);
            if (!after)
                return after.error();
            plan.after = *std::move(after);
            plan.changes = *std::move(changes);
            plan.isGiven = true;
            return plan;
        }
        const auto loaded = loadSnapshot(source, invocation);
        if (!loaded)
            return loaded.error();
        for (const features::Warning &warning : loaded->warnings) {
            if (options.strict)
                return Error{.kind = Error::Kind::Input,
                             .step = QStringLiteral("reading %1").arg(source.text),
                             .detail = warningText(warning)};
            tell(source.text + QStringLiteral(": ") + warningText(warning));
        }
        const auto mode = options.replace ? changes::AlignMode::Replace : changes::AlignMode::Merge;
        plan.after = changes::align(target, loaded->snapshot, mode);
        if (source.kind == SourceArgument::Kind::Document)
            if (const auto checked = checkDocument(target, plan.after, source.text); !checked)
                return checked.error();
        plan.changes = changes::diff(target, plan.after);
        return plan;
    }

    changes::ChangeSet changes;
    flags::Snapshot after; ///< what they make of the target
    bool isGiven = false;  ///< by a file of changes, every one of which is meant
};

Result<void> print(Output &output, const Plan &plan, const flags::Snapshot &base, bool sql)
{
    if (!sql) {
        for (const QByteArray &line : changeLines(
                 plan.isGiven ? plan.changes : changes::semantic(plan.changes), base, plan.after))
            output.line(line);
        return {};
    }
    const auto statements = store::Connection::preview(plan.changes, base);
    if (!statements)
        return statements.error();
    for (const QString &statement : *statements)
        output.line(QString(statement + u';').toUtf8());
    return {};
}

// Writes the document anew: what it says stays, comments and the order of keys do not.
int applyToDocument(Invocation &invocation, const QString &path, const SourceArgument &source,
                    const ApplyOptions &options)
{
    if (options.sql)
        return complain({.kind = Error::Kind::Input,
                         .step = QStringLiteral("applying to %1").arg(path),
                         .detail = QStringLiteral("a document has no SQL")});
    const auto base = readDocument(path);
    if (!base)
        return complain(base.error());
    const auto plan = Plan::make(source, base->snapshot, options, invocation);
    if (!plan)
        return complain(plan.error());
    if (!options.backup.empty() && !options.dryRun) {
        const auto kept = writeDocument(QString::fromStdString(options.backup), base->snapshot, {},
                                        invocation.clock);
        if (!kept)
            return complain(kept.error());
    }
    if (const auto printed = print(invocation.output, *plan, base->snapshot, false); !printed)
        return complain(printed.error());
    if (options.dryRun || plan->changes.isEmpty())
        return Done;
    const auto written = writeDocument(path, plan->after, {}, invocation.clock);
    if (!written)
        return complain(written.error());
    for (const QString &warning : *written)
        tell(warning);
    return Done;
}

int applyChanges(Invocation &invocation, const ApplyOptions &options)
{
    // From here on a signal ends the program only where nothing is half done.
    const TerminationWatcher watcher;
    const auto target = parseTarget(QString::fromStdString(options.target));
    if (!target)
        return complain(target.error());
    const auto source = parseSource(QString::fromStdString(options.source));
    if (!source)
        return complain(source.error());
    if (target->kind == SourceArgument::Kind::Document)
        return applyToDocument(invocation, target->text, *source, options);
    const auto connection = connectTo(*target, options.dryRun, invocation, options.throughReplica);
    const auto base = await(connection->read());
    if (!base)
        return complain(base.error());
    if (!base->schema.writable())
        return complain(
            store::schemaError(base->schema, QStringLiteral("applying to %1").arg(target->text)));

    const auto plan = Plan::make(*source, base->snapshot, options, invocation);
    if (!plan)
        return complain(plan.error());
    if (!options.backup.empty() && !options.dryRun) {
        const auto written = writeDocument(QString::fromStdString(options.backup), base->snapshot,
                                           {}, invocation.clock);
        if (!written)
            return complain(written.error());
    }
    if (const auto printed = print(invocation.output, *plan, base->snapshot, options.sql); !printed)
        return complain(printed.error());
    if (options.dryRun || plan->changes.isEmpty())
        return Done;
    if (TerminationWatcher::hasCome())
        return complain({.kind = Error::Kind::Cancelled,
                         .step = QStringLiteral("applying to %1").arg(target->text),
                         .detail = QStringLiteral("a signal came before anything was written")});
    if (const auto receipt = await(connection->write(plan->changes, base->snapshot)); !receipt)
        return complain(receipt.error());
    return Done;
}

} // namespace

void addApply(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand(
        "apply",
        "Write a document, another database or a change set into a database, in one transaction");
    auto options = std::make_shared<ApplyOptions>();
    command->add_option("TARGET", options->target, "A node, a SQLite file or a document")
        ->required();
    command->add_option("SOURCE", options->source, "A source, or a change set (.changes.json)")
        ->required();
    command->add_flag("--replace", options->replace, "Delete what SOURCE does not have");
    command->add_flag("--dry-run", options->dryRun, "Print the changes and write nothing");
    command->add_flag("--sql", options->sql, "Print the statements instead of the changes");
    command->add_option(
        "--backup", options->backup,
        "Export TARGET into this file (.yml, .yaml or .json) before anything is written");
    command->add_flag("--through-replica", options->throughReplica,
                      "Write to a replica, which passes it on to its primary");
    command->add_flag("--strict", options->strict, "Refuse a document that has warnings");
    command->callback([options, &chosen] {
        chosen = [options](Invocation &invocation) { return applyChanges(invocation, *options); };
    });
}

} // namespace edgewise::cli
