// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "linereader.h"
#include "source.h"

#include <base/whenready.h>
#include <evaluation/json.h>
#include <flipt/address.h>
#include <workspace/parity.h>

#include <QCoreApplication>
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

// A running Flipt answers in place of the engine, one question after the other.
class RemoteAnswers {
public:
    RemoteAnswers(const QUrl &url, const Invocation &invocation)
        : m_client(url, invocation.token, invocation.clock)
    {
        m_client.setRoute(invocation.route.authorities, invocation.route.proxy);
    }

    QByteArray answer(std::string_view line)
    {
        const auto question = workspace::questionOf(line);
        if (!question) // the engine says what is wrong with it, as a Flipt would
            return toJsonLine(workspace::engineReply(m_nothing, line));
        QByteArray text;
        whenReady(flipt::ask(m_client, *question), &m_client,
                  [&](const Result<flipt::Timed<flipt::Reply>> &reply) {
                      if (reply)
                          text = toJsonLine(reply->value);
                      else
                          m_failure = reply.error();
                      QCoreApplication::exit(Done);
                  });
        QCoreApplication::exec();
        return text;
    }
    const std::optional<Error> &failure() const { return m_failure; }

private:
    flipt::FliptClient m_client;
    std::shared_ptr<const evaluation::Program> m_nothing = evaluation::compile({});
    std::optional<Error> m_failure;
};

int askFlipt(Invocation &invocation, const EvaluateOptions &options, int descriptor)
{
    const auto url = flipt::parseAddress(QString::fromStdString(options.source));
    if (!url)
        return complain(url.error());
    RemoteAnswers remote(*url, invocation);
    LineReader reader(descriptor);
    while (!invocation.output.isBroken()) {
        const auto line = reader.next();
        if (!line)
            return complain(line.error());
        if (!*line)
            return Done;
        const QByteArrayView text = (*line)->text;
        const QByteArray answer = remote.answer({text.data(), static_cast<size_t>(text.size())});
        if (remote.failure())
            return complain(*remote.failure());
        invocation.output.line(answer);
        invocation.output.flush();
    }
    return Done;
}

int evaluateRequests(Invocation &invocation, const EvaluateOptions &options)
{
    QFile file(QString::fromStdString(options.requests));
    const bool isStandardInput = options.requests == "-";
    if (!isStandardInput && !file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return complain({.kind = Error::Kind::Input,
                         .step = QStringLiteral("opening the requests in %1").arg(file.fileName()),
                         .detail = file.errorString()});
    const int descriptor = isStandardInput ? STDIN_FILENO : file.handle();
    if (options.source.starts_with("flipt+")) {
        if (options.explain)
            return complain({.kind = Error::Kind::Input,
                             .step = QStringLiteral("explaining answers"),
                             .detail = QStringLiteral("a running Flipt tells no reasons; name its "
                                                      "database")});
        return askFlipt(invocation, options, descriptor);
    }
    const auto loaded = loadSnapshot(QString::fromStdString(options.source), invocation);
    if (!loaded)
        return complain(loaded.error());
    using Detail = evaluation::LineEvaluator::Detail;
    evaluation::LineEvaluator evaluator(evaluation::compile(loaded->snapshot),
                                        options.explain ? Detail::Trace : Detail::Answer);
    return answerLines(invocation, descriptor, evaluator);
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
