// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/writeplan.h>

namespace edgewise::store {

/// What it means that the database refused a statement of the plan; `raw` is the database's own
/// error, whose words stay where they say more. Nothing has been written. A guard that failed is a
/// Conflict that names its object, the schema's guard a Schema error. What the tables' constraints
/// refuse comes in the words that Flipt has for it on SQLite files; over libSQL it would show the
/// raw text (Flipt: internal/storage/sql/errors.go and common).
/// `failedStatement` is -1 when COMMIT failed.
Error explainRefusal(const WritePlan &plan, int failedStatement, const Error &raw);

/// The guard failed because its condition did not hold, not for another reason.
bool isFailedGuard(const WritePlan &plan, int failedStatement, const Error &raw);

} // namespace edgewise::store
