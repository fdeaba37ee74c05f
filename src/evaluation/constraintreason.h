// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/constraint.h>

#include <QString>

namespace edgewise::evaluation {

/// Why a constraint passes or fails for a value, as a phrase: "“free” is not “pro”", "not a number:
/// “1,000”". `missing` tells a property that the context lacks from one that is empty.
QString constraintReason(const flags::Constraint &constraint, const CompiledConstraint &compiled,
                         const QString &seen, bool missing);

} // namespace edgewise::evaluation
