// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <evaluation/populationplan.h>
#include <models/latestjob.h>

#include <QIODevice>
#include <QString>

#include <memory>

namespace edgewise::models {

/// Which entities a question about many is put to: those of a plan, or the rows of a file.
struct PopulationSource {
    evaluation::PopulationPlan plan; ///< where there is no file
    QString file;                    ///< CSV, or JSON Lines by the suffixes .jsonl and .ndjson

    bool isGenerated() const { return file.isEmpty(); }
    friend bool operator==(const PopulationSource &, const PopulationSource &) = default;
};

/// Passes through the same entities again and again, with their progress. Any thread, one at a
/// time.
class OpenPopulation {
public:
    /// NotFound or Input, naming the file, where it cannot be read.
    static Result<OpenPopulation> open(const PopulationSource &source,
                                       const std::shared_ptr<JobProgress> &progress);

    evaluation::Population &entities() { return *m_population; }

private:
    std::unique_ptr<QIODevice> m_device; ///< before what reads it
    std::unique_ptr<evaluation::Population> m_population;
};

/// In a few words: "10,000 generated entities", "users.csv".
QString describe(const PopulationSource &source);

/// A plan that has been saved (see evaluation::parsePlan), or Input, NotFound with the file's name.
Result<evaluation::PopulationPlan> readPlan(const QString &file);
Result<void> writePlan(const evaluation::PopulationPlan &plan, const QString &file);

} // namespace edgewise::models
