// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/population.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace edgewise::evaluation {

/// A row's cells, UTF-8; NULL is none, and a property that is missing.
using PopulationRow = std::vector<std::optional<std::string>>;

/// Gives the next rows, any number of them, and none at the end. Called by one thread at a time,
/// not always the same.
using RowFeed = std::function<std::vector<PopulationRow>()>;

/// Rows that somebody else reads, an SQL query's for instance: this room knows no database. The
/// column "entity" or "id", else the first, is the entity's id; a row without one, or with another
/// number of cells, is malformed, its line being its place in the result.
std::unique_ptr<Population> rowPopulation(std::vector<std::string> columns, RowFeed feed);

/// Which column holds the ids.
size_t entityColumn(const std::vector<std::string> &columns);

} // namespace edgewise::evaluation
