// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "populationargument.h"
#include "progressline.h"
#include "simulatereport.h"
#include "source.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace edgewise::cli {

namespace {

struct SimulateOptions {
    std::string source;
    std::string nameSpace;
    std::string flag;
    PopulationOptions population;
    std::string against;
    std::string by;
    std::optional<qint64> moves;
    bool json = false;
};

constexpr qint64 movesForPeople = 20;
constexpr qint64 mostEntities = 1'000'000'000;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void tellMalformed(const PopulationArgument &population, qint64 count,
                   const std::vector<evaluation::MalformedRow> &rows)
{
    for (const evaluation::MalformedRow &row : rows)
        tell(QStringLiteral("%1, line %2, was passed over: %3.")
                 .arg(population.name())
                 .arg(row.line)
                 .arg(row.problem));
    if (count > qint64(rows.size()))
        tell(QStringLiteral("%1 rows of %2 were passed over; the first %3 are named above.")
                 .arg(count)
                 .arg(population.name())
                 .arg(rows.size()));
}

QJsonArray malformedJson(const evaluation::Population &population)
{
    QJsonArray rows;
    for (const evaluation::MalformedRow &row : population.malformedRows())
        rows.append(QJsonObject{{QStringLiteral("line"), row.line},
                                {QStringLiteral("problem"), row.problem}});
    return rows;
}

int printTally(Invocation &invocation, const SimulateOptions &options,
               const evaluation::Program &program, PopulationArgument &population)
{
    const evaluation::Simulation simulation{NamespaceKey(QString::fromStdString(options.nameSpace)),
                                            FlagKey(QString::fromStdString(options.flag)),
                                            QString::fromStdString(options.by)};
    evaluation::Progress progress;
    const auto tally = [&] {
        const ProgressLine line(progress, population.stream().size());
        return evaluation::simulate(program, simulation, population.stream(), progress);
    }();
    if (!tally)
        return complain(tally.error());
    if (const auto ending = population.ending(); !ending)
        return complain(ending.error());
    tellMalformed(population, tally->malformed, population.stream().malformedRows());
    if (options.json) {
        QJsonObject object = tallyJson(simulation, *tally);
        object[QStringLiteral("malformedRows")] = malformedJson(population.stream());
        invocation.output.line(compact(object));
        return Done;
    }
    for (const QByteArray &line : tallyLines(simulation, *tally))
        invocation.output.line(line);
    return Done;
}

bool hasFlag(const evaluation::Program &program, const evaluation::FlagAddress &address)
{
    const QByteArray nameSpace = address.nameSpace.text().toUtf8();
    const std::vector<QString> keys = evaluation::flagKeys(
        program, {nameSpace.constData(), static_cast<size_t>(nameSpace.size())});
    return std::ranges::find(keys, address.flag.text()) != keys.end();
}

int printMovement(Invocation &invocation, const SimulateOptions &options,
                  const evaluation::Program &before, PopulationArgument &population)
{
    const auto loaded = loadSnapshot(QString::fromStdString(options.against), invocation);
    if (!loaded)
        return complain(loaded.error());
    const auto after = evaluation::compile(loaded->snapshot);
    const evaluation::FlagAddress address{NamespaceKey(QString::fromStdString(options.nameSpace)),
                                          FlagKey(QString::fromStdString(options.flag))};
    if (!hasFlag(before, address) && !hasFlag(*after, address))
        return complain(
            {.kind = Error::Kind::NotFound,
             .step = QStringLiteral("comparing two states of a flag"),
             .detail = address.nameSpace.text() + QStringLiteral("/") + address.flag.text()});

    qint64 left =
        options.moves.value_or(options.json ? std::numeric_limits<qint64>::max() : movesForPeople);
    QByteArrayList listed; // for people, the list follows the matrix
    evaluation::Progress progress;
    const auto take = [&](const evaluation::Move &move) {
        if (invocation.output.isBroken())
            progress.isCancelled = true;
        if (left <= 0)
            return;
        --left;
        if (options.json)
            invocation.output.line(compact(moveJson(move)));
        else
            listed.append(moveLine(move));
    };
    const auto movement = [&] {
        const ProgressLine line(progress, population.stream().size());
        return evaluation::compare(before, *after, {address}, population.stream(), progress, take);
    }();
    if (!movement)
        return invocation.output.isBroken() ? Failed : complain(movement.error());
    if (const auto ending = population.ending(); !ending)
        return complain(ending.error());
    tellMalformed(population, movement->malformed, population.stream().malformedRows());

    const evaluation::FlagMovement &flag = movement->flags.front();
    if (options.json) {
        QJsonObject object = movementJson(flag, movement->entities);
        object[QStringLiteral("malformed")] = movement->malformed;
        object[QStringLiteral("malformedRows")] = malformedJson(population.stream());
        invocation.output.line(compact(object));
        return Done;
    }
    for (const QByteArray &line : movementLines(flag, movement->entities))
        invocation.output.line(line);
    if (!listed.isEmpty())
        invocation.output.line("");
    for (const QByteArray &line : listed)
        invocation.output.line(line);
    if (flag.moved > listed.size() && !listed.isEmpty())
        invocation.output.line(QStringLiteral("  and %1 more; --moves N lists N of them")
                                   .arg(flag.moved - listed.size())
                                   .toUtf8());
    return Done;
}

int simulateFlag(Invocation &invocation, const SimulateOptions &options)
{
    const auto source = parseSource(QString::fromStdString(options.source));
    if (!source)
        return complain(source.error());
    const auto loaded = loadSnapshot(*source, invocation);
    if (!loaded)
        return complain(loaded.error());
    const auto program = evaluation::compile(loaded->snapshot);
    auto population = PopulationArgument::open(options.population, *source, invocation);
    if (!population)
        return complain(population.error());
    return options.against.empty() ? printTally(invocation, options, *program, **population)
                                   : printMovement(invocation, options, *program, **population);
}

} // namespace

void addSimulate(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand(
        "simulate", "Who gets what of a flag, or who would get something else with other flags");
    auto options = std::make_shared<SimulateOptions>();
    command->add_option("SOURCE", options->source, "Where the flags come from")->required();
    command->add_option("--namespace", options->nameSpace, "The flag's namespace")->required();
    command->add_option("--flag", options->flag, "The flag's key")->required();
    auto *population = command->add_option_group("population", "Exactly one of these");
    population
        ->add_option("--entities", options->population.entities,
                     "That many generated entities without a context")
        ->check(CLI::Range(qint64(0), mostEntities));
    population->add_option("--population", options->population.file,
                           "A file: .json describes a generated population, .csv and .jsonl hold "
                           "entities, .sql a SELECT; - is JSON Lines on standard input");
    population->add_option("--query", options->population.query,
                           "A SELECT whose rows are the entities");
    population->require_option(1);
    command->add_option("--query-from", options->population.queryFrom,
                        "The database of the SELECT; by default SOURCE");
    command
        ->add_option("--seed", options->population.seed,
                     "Of a generated population; the same seed gives the same entities")
        ->check(CLI::NonNegativeNumber);
    auto *against = command->add_option("--against", options->against,
                                        "Flags to go over to: who gets something else with them?");
    command
        ->add_option("--moves", options->moves,
                     "How many of those who move to list; by default 20, with --json all")
        ->check(CLI::NonNegativeNumber)
        ->needs(against);
    command->add_option("--by", options->by, "Break the tally down by this property")
        ->excludes(against);
    command->add_flag("--json", options->json, "JSON instead of a report");
    command->callback([options, &chosen] {
        chosen = [options](Invocation &invocation) { return simulateFlag(invocation, *options); };
    });
}

} // namespace edgewise::cli
