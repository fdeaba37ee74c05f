// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "signals.h"
#include "source.h"

#include <replication/contentpass.h>
#include <replication/sampler.h>

#include <QCoreApplication>

namespace edgewise::cli {

namespace {

struct MonitorOptions {
    std::string primary;
    std::vector<std::string> replicas;
    int interval = 0;   // milliseconds; 0 leaves it to the sampler
    double seconds = 0; // 0 until a signal
};

Result<replication::WatchedNode> watchedNode(const std::string &argument, replication::Role role,
                                             const Invocation &invocation)
{
    const QString text = QString::fromStdString(argument);
    const auto source = parseSource(text);
    if (!source)
        return source.error();
    if (source->kind != SourceArgument::Kind::Database
        || source->database.kind != store::Source::Kind::Node)
        return Error{.kind = Error::Kind::Input,
                     .step = QStringLiteral("watching %1").arg(text),
                     .detail = QStringLiteral(
                         "only a node can be watched; it must look like http://host:8080")};
    replication::WatchedNode node;
    node.text = text;
    node.url = source->database.url;
    node.token = invocation.token;
    node.authorities = invocation.route.authorities;
    node.proxy = invocation.route.proxy;
    node.role = role;
    return node;
}

int watch(Invocation &invocation, const MonitorOptions &options)
{
    QList<replication::WatchedNode> nodes;
    const auto add = [&](const std::string &argument, replication::Role role) -> Result<void> {
        const auto node = watchedNode(argument, role, invocation);
        if (!node)
            return node.error();
        nodes.append(*node);
        return {};
    };
    if (const auto added = add(options.primary, replication::Role::Primary); !added)
        return complain(added.error());
    for (const std::string &replica : options.replicas)
        if (const auto added = add(replica, replication::Role::Replica); !added)
            return complain(added.error());

    TerminationWatcher watcher;
    QObject::connect(&watcher, &TerminationWatcher::terminationRequested, &watcher,
                     [] { QCoreApplication::exit(Done); });
    replication::Sampler sampler(invocation.clock);
    QObject::connect(&sampler, &replication::Sampler::sampled, &sampler,
                     [&](const replication::NodeSample &sample) {
                         invocation.output.line(replication::toJsonLine(sample));
                         invocation.output.flush(); // whoever reads wants each when it is made
                         if (invocation.output.isBroken())
                             QCoreApplication::exit(Failed);
                     });
    sampler.setNodes(nodes);
    std::vector<std::unique_ptr<store::Connection>> connections;
    QList<replication::ContentPass::Node> compared;
    for (const replication::WatchedNode &node : std::as_const(nodes)) {
        const auto source = parseSource(node.text);
        connections.push_back(connectTo(*source, true, invocation)); // it was parsed before
        compared.append({.text = node.text, .connection = connections.back().get()});
    }
    replication::ContentPass pass(sampler, invocation.clock);
    pass.setNodes(compared.first(), compared.mid(1));
    if (options.interval > 0) {
        sampler.setInterval(options.interval);
        sampler.setAdaptive(false);
    }
    if (options.seconds > 0)
        QTimer::singleShot(std::chrono::milliseconds(qRound64(options.seconds * 1000)), &sampler,
                           [] { QCoreApplication::exit(Done); });
    sampler.start();
    return QCoreApplication::exec();
}

} // namespace

void addMonitor(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand(
        "monitor", "Watch replicas follow their primary: a line of JSON for each sample");
    auto options = std::make_shared<MonitorOptions>();
    command->add_option("PRIMARY", options->primary, "The primary's URL")->required();
    command->add_option("REPLICA", options->replicas, "The replicas' URLs")->required();
    command
        ->add_option("--interval", options->interval,
                     "Milliseconds between two samples of a node; half a second, less while one "
                     "lags, by default")
        ->check(CLI::Range(5, 60000));
    command
        ->add_option("--for", options->seconds,
                     "End after so many seconds; by default at SIGINT or SIGTERM")
        ->check(CLI::Range(0.0, 1e7));
    command->callback([options, &chosen] {
        chosen = [options](Invocation &invocation) { return watch(invocation, *options); };
    });
}

} // namespace edgewise::cli
