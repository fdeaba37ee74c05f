// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.h"

#include <flipt/address.h>
#include <settings/connectionsettings.h>

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <span>
#include <string_view>

namespace edgewise {

using namespace Qt::StringLiterals;

namespace {

Error refuse(const QString &reason)
{
    return Error{
        .kind = Error::Kind::Input, .step = u"reading the command line"_qs, .detail = reason};
}

} // namespace

Result<ParsedOptions> parseOptions(const QStringList &arguments)
{
    const QCommandLineOption primary(
        u"primary"_qs, u"The sqld node or SQLite file whose flags are edited."_qs, u"URL|FILE"_qs);
    const QCommandLineOption replica(u"replica"_qs, u"A node that follows it; may be repeated."_qs,
                                     u"URL|FILE"_qs);
    const QCommandLineOption flipt(u"flipt"_qs, u"A running Flipt; may be repeated."_qs, u"URL"_qs);
    const QCommandLineOption environment(
        u"environment"_qs, u"How much is at stake: development, staging or production."_qs,
        u"NAME"_qs);
    const QCommandLineOption lab(
        u"lab"_qs, u"Start a primary and replicas on this machine, and open them unlocked."_qs);
    const QCommandLineOption replicas(u"lab-replicas"_qs, u"How many replicas: 0 to 40."_qs,
                                      u"N"_qs, u"1"_qs);
    const QCommandLineOption directory(u"lab-directory"_qs, u"Where the lab keeps its data."_qs,
                                       u"FOLDER"_qs);
    const QCommandLineOption document(
        u"workspace"_qs, u"A features document for a primary that holds no flag yet."_qs,
        u"FILE"_qs);
    const QCommandLineOption sample(
        u"sample"_qs, u"The sample workspace for a primary that holds no flag yet."_qs);
    const QCommandLineOption settings(u"settings"_qs, u"The file with the window's settings."_qs,
                                      u"FILE"_qs);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"The console for Flipt at the edge."_qs);
    parser.addOptions({primary, replica, flipt, environment, lab, replicas, directory, document,
                       sample, settings});
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();

    if (!parser.parse(arguments))
        return refuse(parser.errorText());
    ParsedOptions parsed;
    if (parser.isSet(help)) {
        parsed.help = parser.helpText();
        return parsed;
    }
    if (parser.isSet(version)) {
        parsed.help = u"edgewise %1\n"_qs.arg(QCoreApplication::applicationVersion());
        return parsed;
    }
    Options &options = parsed.options;
    options.primary = parser.value(primary);
    options.replicas = parser.values(replica);
    options.flipts = parser.values(flipt);
    options.environment = parser.value(environment);
    options.lab = parser.isSet(lab);
    options.labDirectory = parser.value(directory);
    options.document = parser.value(document);
    options.sample = parser.isSet(sample);
    options.settingsFile = parser.value(settings);

    bool isNumber = false;
    options.labReplicas = parser.value(replicas).toInt(&isNumber);
    if (!isNumber || options.labReplicas < 0 || options.labReplicas > 40)
        return refuse(u"--lab-replicas takes a number from 0 to 40"_qs);
    if (!parser.positionalArguments().isEmpty())
        return refuse(u"\"%1\" is no option; a primary is given with --primary"_qs.arg(
            parser.positionalArguments().constFirst()));
    if (options.lab && (!options.primary.isEmpty() || !options.replicas.isEmpty()))
        return refuse(u"--lab has a primary and replicas of its own: leave out --primary and "
                      "--replica"_qs);
    if (!options.lab && options.primary.isEmpty() && !options.replicas.isEmpty())
        return refuse(u"--replica needs the --primary that it follows"_qs);
    if (!options.lab && options.primary.isEmpty() && !options.flipts.isEmpty())
        return refuse(u"--flipt needs the --primary that it serves"_qs);
    for (const QString &address : std::as_const(options.flipts))
        if (const Result<QUrl> url = flipt::parseAddress(address); !url)
            return refuse(u"--flipt "_qs + address + u": "_qs + url.error().detail);
    if (parser.isSet(environment) && !settings::environmentNames().contains(options.environment))
        return refuse(u"--environment takes development, staging or production"_qs);
    if (options.sample && !options.document.isEmpty())
        return refuse(u"--sample and --workspace exclude each other"_qs);
    return parsed;
}

bool asksForText(int count, const char *const *arguments)
{
    constexpr std::string_view words[] = {"-h", "--help", "--help-all", "-v", "--version"};
    const std::span all(arguments, static_cast<size_t>(count));
    return std::any_of(all.begin(), all.end(), [&](const char *argument) {
        return std::find(std::begin(words), std::end(words), argument) != std::end(words);
    });
}

} // namespace edgewise
