// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/evaluate.h>
#include <evaluation/requestline.h>

#include <memory>
#include <string>
#include <string_view>

namespace edgewise::evaluation {

/// Flipt's name of it: "MATCH_EVALUATION_REASON" …
std::string_view reasonName(Outcome::Reason reason);

/// Appends the body of Flipt's HTTP answer, without its request id and times.
void appendJson(std::string &json, const Outcome &outcome);
/// `requests` are those that the batch answers.
void appendJson(std::string &json, std::span<const Request> requests, const BatchOutcome &outcome);

/// A line of JSON in (see RequestLine), {"status":…,"response":…} out. Keeps its buffers.
class LineEvaluator {
public:
    enum class Detail {
        Answer,
        Trace, ///< adds "traces", a list with one for each request (see trace.h)
    };

    explicit LineEvaluator(std::shared_ptr<const Program> program, Detail detail = Detail::Answer)
        : m_program(std::move(program)), m_detail(detail)
    {
    }

    /// Without line end; valid until the next call. A line that is no request answers status 400.
    std::string_view answer(std::string_view line);

private:
    void appendTraces(std::span<const Request> requests);

    std::shared_ptr<const Program> m_program;
    Detail m_detail;
    RequestLine m_line;
    Outcome m_outcome;
    BatchOutcome m_batch;
    std::string m_answer;
};

} // namespace edgewise::evaluation
