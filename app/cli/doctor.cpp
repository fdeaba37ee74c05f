// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "documentfile.h"
#include "source.h"

#include <changes/json.h>
#include <doctor/examine.h>
#include <doctor/repair.h>
#include <messages/sentence.h>
#include <store/layout.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace edgewise::cli {

namespace {

struct DoctorOptions {
    std::string source;
    std::string repair;
    bool json = false;
};

struct Examined {
    flags::Snapshot snapshot;
    std::vector<doctor::Finding> findings;
    std::optional<Error> schema; ///< why its tables are not what they must be
};

Result<Examined> examineSource(const QString &text, const Invocation &invocation)
{
    const auto source = parseSource(text);
    if (!source)
        return source.error();
    Examined examined;
    if (source->kind != SourceArgument::Kind::Database) {
        auto loaded = loadSnapshot(*source, invocation);
        if (!loaded)
            return loaded.error();
        examined.snapshot = std::move(loaded->snapshot);
        examined.findings = doctor::examine(examined.snapshot);
        return examined;
    }
    auto reading = await(connectTo(*source, true, invocation)->read());
    if (!reading)
        return reading.error();
    examined.snapshot = std::move(reading->snapshot);
    examined.findings = doctor::examine(examined.snapshot, reading->problems);
    if (!reading->schema.writable())
        examined.schema =
            store::schemaError(reading->schema, QStringLiteral("examining %1").arg(text));
    return examined;
}

QByteArray findingJson(const doctor::Finding &finding)
{
    const flags::Problem &problem = finding.problem;
    const flags::Location &place = problem.location;
    const QString remedy = doctor::remedyName(finding.remedy);
    QJsonObject json{
        {QStringLiteral("code"), doctor::codeName(problem.code)},
        {QStringLiteral("namespace"), place.nameSpace.text()},
        {QStringLiteral("owner"), place.owner},
        {QStringLiteral("parent"), place.parent},
        {QStringLiteral("id"), place.id},
        {QStringLiteral("place"), messages::place(place)},
        {QStringLiteral("arguments"), QJsonArray::fromStringList(problem.arguments)},
        {QStringLiteral("message"), messages::sentence(problem)},
        {QStringLiteral("repair"), remedy.isEmpty() ? QJsonValue() : QJsonValue(remedy)},
        {QStringLiteral("keepsAnswers"), finding.keepsAnswers}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QByteArray lineOf(const doctor::Finding &finding)
{
    QString text = messages::place(finding.problem.location) + QStringLiteral(": ")
                   + messages::sentence(finding.problem) + QStringLiteral(" Repair: ")
                   + messages::sentence(finding.remedy);
    if (!finding.keepsAnswers)
        text += QStringLiteral(" Answers change.");
    return text.simplified().toUtf8();
}

void printFindings(Output &output, const Examined &examined, bool json)
{
    if (examined.schema && json)
        output.line(QJsonDocument(QJsonObject{{QStringLiteral("code"), QStringLiteral("schema")},
                                              {QStringLiteral("message"),
                                               messages::sentence(*examined.schema)},
                                              {QStringLiteral("repair"), QJsonValue()}})
                        .toJson(QJsonDocument::Compact));
    else if (examined.schema)
        output.line(messages::sentence(*examined.schema).toUtf8());
    for (const doctor::Finding &finding : examined.findings)
        output.line(json ? findingJson(finding) : lineOf(finding));
}

int examine(Invocation &invocation, const DoctorOptions &options)
{
    const QString file = QString::fromStdString(options.repair);
    if (!file.isEmpty() && !file.endsWith(changes::fileSuffix))
        return complain(
            {.kind = Error::Kind::Input,
             .step = QStringLiteral("choosing the file of the repair"),
             .detail = QStringLiteral("its name must end in %1, by which \"apply\" knows a change "
                                      "set")
                           .arg(changes::fileSuffix)});
    const auto examined = examineSource(QString::fromStdString(options.source), invocation);
    if (!examined)
        return complain(examined.error());
    printFindings(invocation.output, *examined, options.json);
    if (!file.isEmpty()) {
        const changes::ChangeSet repair = doctor::repair(examined->snapshot, examined->findings,
                                                         invocation.clock.wallNanoseconds());
        if (const auto written = writeFile(file, changes::toJson(repair)); !written)
            return complain(written.error());
    }
    return examined->findings.empty() && !examined->schema ? Done : Findings;
}

} // namespace

void addDoctor(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand(
        "doctor", "What breaks Flipt in a database or contradicts itself. Exit 1 when anything "
                  "does");
    auto options = std::make_shared<DoctorOptions>();
    command
        ->add_option("SOURCE", options->source,
                     "A node's URL, a file, a data directory or a document")
        ->required();
    command->add_flag("--json", options->json, "One JSON object a line");
    command->add_option("--repair", options->repair,
                        "Write what makes it good to this file (.changes.json), for \"apply\"");
    command->callback([options, &chosen] {
        chosen = [options](Invocation &invocation) { return examine(invocation, *options); };
    });
}

} // namespace edgewise::cli
