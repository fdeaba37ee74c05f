// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/evaluate.h>
#include <evaluation/requestline.h>

#include <memory>
#include <string>
#include <string_view>

namespace edgewise::evaluation {

/// Appends the body of Flipt's HTTP answer, without its request id and times.
void appendJson(std::string &json, const Outcome &outcome);
/// `requests` are those that the batch answers.
void appendJson(std::string &json, std::span<const Request> requests, const BatchOutcome &outcome);

/// A line of JSON in (see RequestLine), {"status":…,"response":…} out. Keeps its buffers.
class LineEvaluator {
public:
    explicit LineEvaluator(std::shared_ptr<const Program> program) : m_program(std::move(program))
    {
    }

    /// Without line end; valid until the next call. A line that is no request answers status 400.
    std::string_view answer(std::string_view line);

private:
    std::shared_ptr<const Program> m_program;
    RequestLine m_line;
    Outcome m_outcome;
    BatchOutcome m_batch;
    std::string m_answer;
};

} // namespace edgewise::evaluation
