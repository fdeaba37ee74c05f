// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "source.h"

#include <evaluation/expectations.h>

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <unistd.h>

namespace edgewise::cli {

namespace {

struct ExpectOptions {
    std::string source;
    std::string file;
    bool json = false;
};

constexpr qint64 longestFile = 64 << 20; ///< bytes

Result<QByteArray> readExpectations(const QString &path)
{
    QFile file(path);
    const bool opened = path == QStringLiteral("-") ? file.open(STDIN_FILENO, QIODevice::ReadOnly)
                                                    : file.open(QIODevice::ReadOnly);
    const QString step = QStringLiteral("reading the expectations in %1").arg(path);
    if (!opened)
        return Error{.kind = Error::Kind::Input, .step = step, .detail = file.errorString()};
    QByteArray text = file.read(longestFile + 1);
    if (file.error() != QFileDevice::NoError)
        return Error{.kind = Error::Kind::Input, .step = step, .detail = file.errorString()};
    if (text.size() > longestFile)
        return Error{.kind = Error::Kind::Input,
                     .step = step,
                     .detail = QStringLiteral("it is longer than 64 MiB")};
    return text;
}

QByteArray resultJson(const evaluation::Expectation &expectation,
                      const evaluation::ExpectationResult &result)
{
    QJsonObject context;
    for (const auto &[name, value] : expectation.context)
        context[name] = value;
    return QJsonDocument(QJsonObject{{QStringLiteral("line"), expectation.line},
                                     {QStringLiteral("namespace"), expectation.nameSpace.text()},
                                     {QStringLiteral("flag"), expectation.flag.text()},
                                     {QStringLiteral("entity"), expectation.entity},
                                     {QStringLiteral("context"), context},
                                     {QStringLiteral("expected"), result.expected},
                                     {QStringLiteral("actual"), result.actual},
                                     {QStringLiteral("met"), result.isMet},
                                     {QStringLiteral("why"), result.why}})
        .toJson(QJsonDocument::Compact);
}

/// As compilers write, so that editors and CI find the line.
QByteArray failureText(const QString &file, const evaluation::Expectation &expectation,
                       const evaluation::ExpectationResult &result)
{
    return QStringLiteral("%1:%2: %3\n    got %4: %5")
        .arg(file)
        .arg(expectation.line)
        .arg(printExpectation(expectation), result.actual, result.why)
        .toUtf8();
}

int checkExpectations(Invocation &invocation, const ExpectOptions &options)
{
    const QString file = QString::fromStdString(options.file);
    const auto text = readExpectations(file);
    if (!text)
        return complain(text.error());
    const auto loaded = loadSnapshot(QString::fromStdString(options.source), invocation);
    if (!loaded)
        return complain(loaded.error());
    const auto program = evaluation::compile(loaded->snapshot);
    const evaluation::ExpectationFile parsed = evaluation::parseExpectations(*text);

    int failed = 0;
    for (const evaluation::Expectation &expectation : parsed.expectations) {
        const evaluation::ExpectationResult result = check(*program, expectation);
        failed += result.isMet ? 0 : 1;
        if (options.json)
            invocation.output.line(resultJson(expectation, result));
        else if (!result.isMet)
            invocation.output.line(failureText(file, expectation, result));
    }
    if (!options.json)
        invocation.output.line(QStringLiteral("%1 of %2 expectations are met.")
                                   .arg(qint64(parsed.expectations.size()) - failed)
                                   .arg(parsed.expectations.size())
                                   .toUtf8());
    for (const evaluation::LineProblem &problem : parsed.problems)
        tell(QStringLiteral("%1:%2: %3.").arg(file).arg(problem.line).arg(problem.what));
    // A file that is not understood proves nothing, whatever the other lines say.
    if (!parsed.problems.empty())
        return Failed;
    return failed > 0 ? Findings : Done;
}

} // namespace

void addExpect(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand(
        "expect", "Check that entities get what a file says. Exit 1 when one does not");
    auto options = std::make_shared<ExpectOptions>();
    command->add_option("SOURCE", options->source, "Where the flags come from")->required();
    command->add_option("FILE", options->file, "A line for each expectation; - is standard input")
        ->required();
    command->add_flag("--json", options->json, "One JSON object for each expectation");
    command->callback([options, &chosen] {
        chosen = [options](Invocation &invocation) {
            return checkExpectations(invocation, *options);
        };
    });
}

} // namespace edgewise::cli
