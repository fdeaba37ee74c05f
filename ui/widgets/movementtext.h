// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace edgewise::evaluation {
struct MalformedRow;
struct Movement;
} // namespace edgewise::evaluation

/// What runs over populations found, in sentences.
namespace edgewise::widgets {

/// "1,204 of 10,000 entities get another answer."
QString movementSentence(const evaluation::Movement &movement);

/// "3 rows were skipped: line 7: no id; …" with the first few of them; empty without any.
QString skippedRows(qint64 count, const std::vector<evaluation::MalformedRow> &first);

} // namespace edgewise::widgets
