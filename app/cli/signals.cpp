// SPDX-License-Identifier: GPL-3.0-or-later
#include "signals.h"

#include <QSocketNotifier>

#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace edgewise::cli {

namespace {

// A handler may do next to nothing: it writes a byte, which the event loop reads
// (signal-safety(7)).
int terminationPipe[2] = {-1, -1};
std::atomic<bool> terminationCame = false;

void onTermination(int)
{
    const int saved = errno;
    terminationCame = true;
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(terminationPipe[1], &byte, 1);
    errno = saved;
}

void setHandler(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

} // namespace

TerminationWatcher::TerminationWatcher(QObject *parent) : QObject(parent)
{
    terminationCame = false;
    if (::pipe2(terminationPipe, O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("No pipe for signals could be made.");
    auto *notifier = new QSocketNotifier(terminationPipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        emit terminationRequested();
    });
    setHandler(onTermination);
}

TerminationWatcher::~TerminationWatcher()
{
    setHandler(SIG_DFL);
    ::close(terminationPipe[0]);
    ::close(terminationPipe[1]);
}

bool TerminationWatcher::hasCome()
{
    return terminationCame;
}

void ignoreBrokenPipes()
{
    std::signal(SIGPIPE, SIG_IGN);
}

} // namespace edgewise::cli
