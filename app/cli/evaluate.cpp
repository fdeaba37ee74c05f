// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "linereader.h"
#include "source.h"

#include <evaluation/json.h>

#include <QFile>

#include <unistd.h>

namespace edgewise::cli {

namespace {

struct EvaluateOptions {
    std::string source;
    std::string requests = "-";
    bool explain = false;
};

int answerLines(Invocation &invocation, int descriptor, evaluation::LineEvaluator &evaluator)
{
    LineReader reader(descriptor);
    while (!invocation.output.isBroken()) {
        // Whoever waits for an answer before the next request gets it; a file is answered in
        // blocks.
        if (!reader.hasBufferedLine())
            invocation.output.flush();
        const auto line = reader.next();
        if (!line)
            return complain(line.error());
        if (!*line)
            return Done;
        if ((*line)->tooLong) {
            invocation.output.line("{\"status\":400,\"response\":{\"code\":3,\"message\":\"the "
                                   "line is longer than 64 MiB\","
                                   "\"details\":[]}}");
            continue;
        }
        const QByteArrayView text = (*line)->text;
        invocation.output.line(
            QByteArrayView(evaluator.answer({text.data(), static_cast<size_t>(text.size())})));
    }
    return Done;
}

int evaluateRequests(Invocation &invocation, const EvaluateOptions &options)
{
    const auto loaded = loadSnapshot(QString::fromStdString(options.source), invocation);
    if (!loaded)
        return complain(loaded.error());
    using Detail = evaluation::LineEvaluator::Detail;
    evaluation::LineEvaluator evaluator(evaluation::compile(loaded->snapshot),
                                        options.explain ? Detail::Trace : Detail::Answer);

    if (options.requests == "-")
        return answerLines(invocation, STDIN_FILENO, evaluator);
    QFile file(QString::fromStdString(options.requests));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return complain({.kind = Error::Kind::Input,
                         .step = QStringLiteral("opening the requests in %1").arg(file.fileName()),
                         .detail = file.errorString()});
    return answerLines(invocation, file.handle(), evaluator);
}

} // namespace

void addEvaluate(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand(
        "evaluate", "Answer evaluation requests as Flipt would, a line of JSON for each");
    auto options = std::make_shared<EvaluateOptions>();
    command->add_option("SOURCE", options->source, "Where the flags come from")->required();
    command
        ->add_option("--requests", options->requests, "A file of JSON Lines; - is standard input")
        ->capture_default_str();
    command->add_flag("--explain", options->explain,
                      "Add how each answer came about: every rule, segment and constraint");
    command->callback([options, &chosen] {
        chosen = [options](Invocation &invocation) {
            return evaluateRequests(invocation, *options);
        };
    });
}

} // namespace edgewise::cli
