// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "linereader.h"
#include "source.h"

#include <flipt/address.h>
#include <workspace/parity.h>

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <map>
#include <unistd.h>

namespace edgewise::cli {

namespace {

using workspace::ParityMismatch;
using workspace::ParityReport;
using workspace::ParityRun;
using workspace::ParityTally;

struct ParityOptions {
    std::string source;
    std::vector<std::string> flipts;
    std::vector<std::string> nodes;
    std::string requests = "-";
    int settle = 3000; // milliseconds
    bool json = false;
};

Result<std::vector<QByteArray>> readLines(int descriptor)
{
    std::vector<QByteArray> lines;
    LineReader reader(descriptor);
    while (true) {
        const auto line = reader.next();
        if (!line)
            return line.error();
        if (!*line)
            return lines;
        if (!(*line)->text.trimmed().isEmpty())
            lines.push_back((*line)->text.toByteArray());
    }
}

Result<std::vector<QByteArray>> readRequests(const QString &path)
{
    if (path == u"-")
        return readLines(STDIN_FILENO);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return Error{.kind = Error::Kind::Input,
                     .step = QStringLiteral("opening the requests in %1").arg(path),
                     .detail = file.errorString()};
    return readLines(file.handle());
}

// Reads a database again and again; a document once.
Result<ParityRun::Read> readerOf(const std::string &text, const Invocation &invocation)
{
    const auto source = parseSource(QString::fromStdString(text));
    if (!source)
        return source.error();
    if (source->kind != SourceArgument::Kind::Database) {
        auto loaded = loadSnapshot(*source, invocation);
        if (!loaded)
            return loaded.error();
        return ParityRun::Read([snapshot = loaded->snapshot] {
            QPromise<Result<flags::Snapshot>> promise;
            promise.start();
            promise.addResult(Result<flags::Snapshot>(snapshot));
            promise.finish();
            return promise.future();
        });
    }
    std::shared_ptr<store::Connection> connection = connectTo(*source, true, invocation);
    return ParityRun::Read([connection] {
        return connection->read().then(
            [](Result<store::Reading> reading) -> Result<flags::Snapshot> {
                if (!reading)
                    return std::move(reading).error();
                return std::move(reading->snapshot);
            });
    });
}

class ParityPrinter {
public:
    ParityPrinter(Invocation &invocation, const ParityOptions &options)
        : m_invocation(invocation), m_options(options), m_causes(options.flipts.size())
    {
    }

    void print(const ParityMismatch &mismatch)
    {
        m_code = Findings;
        ++m_causes[size_t(mismatch.flipt)][workspace::mismatchCauseName(mismatch.cause)];
        m_invocation.output.line(m_options.json ? jsonOf(mismatch) : textOf(mismatch));
        m_invocation.output.flush();
    }

    void print(const ParityReport &report)
    {
        for (size_t i = 0; i < report.flipts.size(); ++i)
            m_invocation.output.line(m_options.json ? jsonOf(report, i) : textOf(report, i));
        if (report.skipped > 0)
            tell(QStringLiteral("%1 lines are no requests and were passed over.")
                     .arg(report.skipped));
    }

    int code() const { return m_code; }

private:
    QString fliptAt(size_t i) const { return QString::fromStdString(m_options.flipts[i]); }

    QByteArray jsonOf(const ParityMismatch &mismatch) const
    {
        const auto reply = [](const flipt::Reply &value) {
            return QJsonObject{{QStringLiteral("status"), value.status},
                               {QStringLiteral("response"), value.response}};
        };
        return QJsonDocument(QJsonObject{{QStringLiteral("line"), mismatch.line},
                                         {QStringLiteral("flipt"), fliptAt(size_t(mismatch.flipt))},
                                         {QStringLiteral("cause"),
                                          workspace::mismatchCauseName(mismatch.cause)},
                                         {QStringLiteral("why"), mismatch.why},
                                         {QStringLiteral("request"),
                                          QJsonDocument::fromJson(mismatch.request).object()},
                                         {QStringLiteral("engine"), reply(mismatch.engine)},
                                         {QStringLiteral("answer"), reply(mismatch.answer)}})
            .toJson(QJsonDocument::Compact);
    }

    QByteArray textOf(const ParityMismatch &mismatch) const
    {
        return QStringLiteral("line %1 · %2 · %3: %4")
                   .arg(QString::number(mismatch.line), fliptAt(size_t(mismatch.flipt)),
                        workspace::mismatchCauseName(mismatch.cause), mismatch.why)
                   .toUtf8()
               + "\n  here  " + toJsonLine(mismatch.engine) + "\n  there "
               + toJsonLine(mismatch.answer);
    }

    QByteArray jsonOf(const ParityReport &report, size_t i) const
    {
        const ParityTally &tally = report.flipts[i];
        QJsonObject causes;
        for (const auto &[cause, count] : m_causes[i])
            causes[cause] = count;
        return QJsonDocument(QJsonObject{{QStringLiteral("flipt"), fliptAt(i)},
                                         {QStringLiteral("version"), tally.version},
                                         {QStringLiteral("asked"), tally.asked},
                                         {QStringLiteral("agreed"), tally.agreed},
                                         {QStringLiteral("causes"), causes}})
            .toJson(QJsonDocument::Compact);
    }

    QByteArray textOf(const ParityReport &report, size_t i) const
    {
        const ParityTally &tally = report.flipts[i];
        QString text =
            QStringLiteral("%1 (%2): %3 of %4 answers agree")
                .arg(fliptAt(i),
                     tally.version.isEmpty() ? QStringLiteral("version not told") : tally.version,
                     QString::number(tally.agreed), QString::number(tally.asked));
        for (const auto &[cause, count] : m_causes[i])
            text += QStringLiteral(", %1 %2").arg(cause, QString::number(count));
        return text.toUtf8();
    }

    Invocation &m_invocation;
    const ParityOptions &m_options;
    std::vector<std::map<QString, qsizetype>> m_causes; // of each Flipt
    int m_code = Done;
};

int comparePublished(Invocation &invocation, const ParityOptions &options)
{
    if (options.nodes.size() > options.flipts.size())
        return complain({.kind = Error::Kind::Input,
                         .step = QStringLiteral("reading the arguments"),
                         .detail = QStringLiteral("there are more --node than Flipts")});
    auto source = readerOf(options.source, invocation);
    if (!source)
        return complain(source.error());
    QList<ParityRun::Edge> edges;
    for (size_t i = 0; i < options.flipts.size(); ++i) {
        auto url = flipt::parseAddress(QString::fromStdString(options.flipts[i]));
        if (!url)
            return complain(url.error());
        ParityRun::Edge edge{.url = *url, .token = invocation.token};
        edge.route = invocation.route;
        if (i < options.nodes.size()) {
            auto node = readerOf(options.nodes[i], invocation);
            if (!node)
                return complain(node.error());
            edge.node = *std::move(node);
        }
        edges.append(std::move(edge));
    }
    auto lines = readRequests(QString::fromStdString(options.requests));
    if (!lines)
        return complain(lines.error());

    ParityPrinter printer(invocation, options);
    std::optional<Error> failure;
    ParityRun run(*std::move(source), edges, *std::move(lines), invocation.clock);
    run.setSettling(options.settle);
    QObject::connect(&run, &ParityRun::mismatched, &run,
                     [&](const ParityMismatch &mismatch) { printer.print(mismatch); });
    QObject::connect(&run, &ParityRun::finished, &run, [&](const Result<ParityReport> &report) {
        if (report)
            printer.print(*report);
        else
            failure = report.error();
        QCoreApplication::exit(Done);
    });
    run.start();
    QCoreApplication::exec();
    return failure ? complain(*failure) : printer.code();
}

} // namespace

void addParity(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand(
        "parity", "Put the same requests to the engine here and to running Flipts. Exit 1 when "
                  "an answer differs");
    auto options = std::make_shared<ParityOptions>();
    command->add_option("SOURCE", options->source, "Where the flags come from")->required();
    command->add_option("FLIPT_URL", options->flipts, "Running Flipts, flipt+http://host:8080")
        ->required();
    command
        ->add_option("--requests", options->requests, "A file of JSON Lines; - is standard input")
        ->capture_default_str();
    command->add_option("--node", options->nodes,
                        "The database that each Flipt reads, in their order: tells lag apart");
    command
        ->add_option("--settle", options->settle,
                     "Milliseconds for which those who differ are asked again")
        ->check(CLI::Range(0, 600000))
        ->capture_default_str();
    command->add_flag("--json", options->json, "One JSON object a line");
    command->callback([options, &chosen] {
        chosen = [options](Invocation &invocation) {
            return comparePublished(invocation, *options);
        };
    });
}

} // namespace edgewise::cli
