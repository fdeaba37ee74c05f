// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "source.h"

namespace edgewise::cli {

namespace {

int initialise(Invocation &invocation, const QString &text)
{
    const auto source = parseSource(text);
    if (!source)
        return complain(source.error());
    if (source->kind != SourceArgument::Kind::Database)
        return complain(
            {.kind = Error::Kind::Input,
             .step = QStringLiteral("initialising %1").arg(text),
             .detail = QStringLiteral("a document cannot be initialised; name a node or a "
                                      "SQLite file")});
    const auto connection = connectTo(*source, false, invocation);
    if (const auto done = await(connection->initialise()); !done)
        return complain(done.error());
    return Done;
}

} // namespace

void addInit(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand("init", "Create Flipt's schema in an empty database");
    auto source = std::make_shared<std::string>();
    command->add_option("SOURCE", *source, "A node's URL or a SQLite file")->required();
    command->callback([source, &chosen] {
        chosen = [source](Invocation &invocation) {
            return initialise(invocation, QString::fromStdString(*source));
        };
    });
}

} // namespace edgewise::cli
