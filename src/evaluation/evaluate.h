// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/outcome.h>
#include <evaluation/program.h>
#include <evaluation/request.h>

namespace edgewise::evaluation {

/// Answers as Flipt v1.61 does (Flipt: internal/server/evaluation/evaluation.go), errors included.
/// Allocates nothing for an answer with status 200 once `outcome` has been used for as many
/// segments: keep it. Any thread.
void evaluate(const Program &program, const Request &request, Outcome &outcome);

/// The same for a flag at hand; the request's namespace and flag do not count.
void evaluate(const CompiledNamespace &nameSpace, const CompiledFlag &flag, const Request &request,
              Outcome &outcome);

/// Each request by its flag's own kind, in order. `outcome` is reused like above.
void evaluate(const Program &program, std::span<const Request> requests, BatchOutcome &outcome);

} // namespace edgewise::evaluation
