// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/program.h>
#include <evaluation/request.h>
#include <evaluation/trace.h>

namespace edgewise::evaluation {

/// Evaluates as evaluate() does and keeps every step. Microseconds to milliseconds: for one entity
/// at a time.
Trace explain(const Program &program, const Request &request);

} // namespace edgewise::evaluation
