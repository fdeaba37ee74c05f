// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "signals.h"

#include <base/result.h>

#include <QCoreApplication>
#include <QFile>
#include <QNetworkProxyFactory>

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace edgewise::cli {

namespace {

// A token on the command line would stand in the process list, so it comes from elsewhere.
Result<Token> readToken(const QString &path)
{
    if (path.isEmpty()) {
        const QByteArray secret = qgetenv("EDGEWISE_TOKEN");
        qunsetenv("EDGEWISE_TOKEN"); // nothing that is started from here needs it
        return Token(secret.trimmed());
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{.kind = Error::Kind::Input,
                     .step = QStringLiteral("reading the token file %1").arg(path),
                     .detail = file.errorString()};
    return Token(file.read(1 << 16).trimmed());
}

int run(int argc, char **argv)
{
    CLI::App app(
        "Feature flags of Flipt on libSQL: edit, compare, evaluate, and watch them replicate.",
        "edgewise-cli");
    app.set_version_flag("--version", "edgewise-cli " EDGEWISE_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(
        "SOURCE is a node (http://, https://, libsql://), a SQLite file, an sqld data directory,\n"
        "or a document (features.yml, .json). Tokens come from EDGEWISE_TOKEN or --token-file.\n"
        "Exit: 0 done, 1 findings, 2 error, 3 conflict, 4 outcome unknown.");
    std::string tokenFile;
    app.add_option("--token-file", tokenFile, "A file that holds the nodes' token");
    std::string authoritiesFile;
    app.add_option("--ca-file", authoritiesFile,
                   "Certificates in PEM that are trusted beside the system's");
    std::string proxy;
    app.add_option("--proxy", proxy,
                   "http://host:port, socks5://host:port, or none; else the system's");

    Command chosen;
    addInit(app, chosen);
    addList(app, chosen);
    addExport(app, chosen);
    addApply(app, chosen);
    addDiff(app, chosen);
    addDoctor(app, chosen);
    addEvaluate(app, chosen);
    addSimulate(app, chosen);
    addExpect(app, chosen);
    addMonitor(app, chosen);
    addParity(app, chosen);
    addSql(app, chosen);
    addLab(app, chosen);

    try { // CLI11 reports by exceptions; they end here
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? Done : Failed;
    }

    auto token = readToken(QString::fromStdString(tokenFile));
    if (!token)
        return complain(token.error());

    Output output(STDOUT_FILENO);
    const SystemClock clock;
    Invocation invocation{.output = output, .clock = clock, .token = *std::move(token)};
    const auto route = workspace::Route::read(QString::fromStdString(authoritiesFile),
                                              QString::fromStdString(proxy));
    if (!route)
        return complain(route.error());
    invocation.authoritiesFile = QString::fromStdString(authoritiesFile);
    invocation.proxy = QString::fromStdString(proxy);
    invocation.route = *route;
    const int code = chosen(invocation);
    output.flush();
    if (!output.isBroken())
        return code;
    // A reader that has seen enough is nothing to talk about; a full disk is.
    if (output.error() != EPIPE)
        tell(QStringLiteral("Standard output could not be written: %1.")
                 .arg(QString::fromLocal8Bit(std::strerror(output.error()))));
    return Failed;
}

} // namespace

} // namespace edgewise::cli

int main(int argc, char **argv)
{
    edgewise::cli::ignoreBrokenPipes();
    QCoreApplication application(argc, argv);
    QNetworkProxyFactory::setUseSystemConfiguration(true); // nodes may lie behind one
    QCoreApplication::setApplicationName(QStringLiteral("edgewise"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EDGEWISE_VERSION));
    return edgewise::cli::run(argc, argv);
}
