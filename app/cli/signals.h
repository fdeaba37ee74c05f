// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace edgewise::cli {

/// Turns SIGINT and SIGTERM into a signal of the event loop. Other programs are ended by them at
/// once; one that has children or a save in flight ends in order. One object at a time, on the main
/// thread.
class TerminationWatcher : public QObject {
    Q_OBJECT
public:
    explicit TerminationWatcher(QObject *parent = nullptr);
    /// The two signals end the program again.
    ~TerminationWatcher() override;

    /// One of them has come since this object was made; needs no event loop.
    static bool hasCome();

signals:
    void terminationRequested();
};

/// A reader that has gone is seen as a failed write instead of ending the program.
void ignoreBrokenPipes();

} // namespace edgewise::cli
