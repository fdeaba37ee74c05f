// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "diagnostics.h"
#include "signals.h"

#include <lab/lab.h>

#include <QCoreApplication>

namespace edgewise::cli {

namespace {

struct LabUpOptions {
    std::string directory;
    std::string flipt;
    int replicas = 1;
};

int runLab(Invocation &invocation, const LabUpOptions &options)
{
    TerminationWatcher watcher;
    lab::LabOptions labOptions;
    labOptions.directory = options.directory.empty() ? lab::newLabDirectory()
                                                     : QString::fromStdString(options.directory);
    labOptions.replicas = options.replicas;
    labOptions.flipt = QString::fromStdString(options.flipt);
    lab::Lab lab(labOptions);
    bool isReady = false;
    QObject::connect(&lab, &lab::Lab::ready, &lab, [&] {
        isReady = true;
        invocation.output.line(lab.topologyJson());
        invocation.output.flush();
    });
    QObject::connect(&lab, &lab::Lab::failed, &lab,
                     [](const Error &error) { QCoreApplication::exit(complain(error)); });
    // A node that ends by itself is told, and leaves the others running.
    QObject::connect(&lab, &lab::Lab::nodeChanged, &lab, [&](const lab::Node &node) {
        if (isReady && node.state == lab::NodeState::Failed && node.error)
            complain(*node.error);
    });
    QObject::connect(&lab, &lab::Lab::stopped, &lab, [] { QCoreApplication::exit(Done); });
    QObject::connect(&watcher, &TerminationWatcher::terminationRequested, &lab, &lab::Lab::stop);

    QMetaObject::invokeMethod(&lab, &lab::Lab::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace

void addLab(CLI::App &app, Command &chosen)
{
    auto *group = app.add_subcommand("lab", "A local sqld primary with replicas");
    group->require_subcommand(1);
    auto *command = group->add_subcommand(
        "up",
        "Run it until SIGINT or SIGTERM; the one line on standard output says that it is ready");
    auto options = std::make_shared<LabUpOptions>();
    command->add_option("--dir", options->directory,
                        "Its folder; a new one below the user's data directory by default");
    command->add_option("--replicas", options->replicas, "How many replicas")
        ->check(CLI::Range(0, 40))
        ->capture_default_str();
    command->add_option("--flipt", options->flipt, "A flipt program to start on each node");
    command->callback([options, &chosen] {
        chosen = [options](Invocation &invocation) { return runLab(invocation, *options); };
    });
}

} // namespace edgewise::cli
