// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "documentfile.h"
#include "source.h"

namespace edgewise::cli {

namespace {

struct ExportOptions {
    std::string source;
    std::vector<std::string> namespaces;
    std::string file;
};

int exportDocument(Invocation &invocation, const ExportOptions &options)
{
    const auto loaded = loadSnapshot(QString::fromStdString(options.source), invocation);
    if (!loaded)
        return complain(loaded.error());
    features::PrintOptions printOptions;
    if (!options.namespaces.empty()) {
        auto &chosen = printOptions.namespaces.emplace();
        for (const std::string &key : options.namespaces)
            chosen.push_back(NamespaceKey(QString::fromStdString(key)));
    }

    if (!options.file.empty()) {
        const auto written = writeDocument(QString::fromStdString(options.file), loaded->snapshot,
                                           printOptions, invocation.clock);
        if (!written)
            return complain(written.error());
        for (const QString &warning : *written)
            tell(warning);
        return Done;
    }
    const auto printed = features::print(loaded->snapshot, printOptions);
    if (!printed)
        return complain(printed.error());
    for (const features::Warning &warning : printed->warnings)
        tell(warningText(warning));
    invocation.output.write(printed->text);
    return Done;
}

} // namespace

void addExport(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand("export", "Print the flags as Flipt's own export does");
    auto options = std::make_shared<ExportOptions>();
    command->add_option("SOURCE", options->source, "Where the flags come from")->required();
    command
        ->add_option("--namespace", options->namespaces,
                     "Only this namespace; may be given several times")
        ->expected(1)
        ->take_all();
    command->add_option("-o,--output", options->file,
                        "Write this file (.yml, .yaml or .json) instead of standard output");
    command->callback([options, &chosen] {
        chosen = [options](Invocation &invocation) { return exportDocument(invocation, *options); };
    });
}

} // namespace edgewise::cli
