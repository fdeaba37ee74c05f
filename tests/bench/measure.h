// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <vector>

/// What the programs that measure have in common.
namespace edgewise::bench {

/// Costs, in the row's unit: lower is better.
struct Figures {
    double value = 0;
    std::optional<double> peer = std::nullopt;
};

double wallSeconds();
double processCpuSeconds();
/// Of another process, with all of its threads (proc(5): stat).
double cpuSecondsOf(qint64 process);
/// The most memory that this process has had, and what it has now, in bytes.
qint64 peakMemory();
qint64 currentMemory();
/// Forgets the peak so far, so that the next one belongs to what follows.
void resetPeakMemory();

double median(std::vector<double> values);

/// Calls both in turn, so that a busy moment hits the two alike; medians. A first round is thrown
/// away. Without a peer only `ours`.
Figures interleaved(const std::function<double()> &ours, const std::function<double()> &peer,
                    int rounds = 7);

/// Seconds that `work` takes.
double seconds(const std::function<void()> &work);

struct Row {
    const char *name;
    std::function<Figures()> measure;
};

/// Measures the rows that the arguments name, or all, and prints a line of JSON for each: name,
/// value, peer_value. Exit code 2 for an unknown name.
int measureRows(int argc, char **argv, const std::vector<Row> &rows);

} // namespace edgewise::bench
