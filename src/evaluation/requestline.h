// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/request.h>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace edgewise::evaluation {

class JsonReader;

/// A request written as a line of JSON:
/// {"kind":"variant"|"boolean"|"batch","namespace","flag","entity","context":{…},"requests":[…]}
/// Absent members and nulls are empty, unknown ones are passed over, of repeated ones the last
/// counts. Keeps its buffers from line to line; what it gives is valid until the next one.
class RequestLine {
public:
    enum class Kind { None, Single, Batch };

    /// False when the line is no request; problem() says why. Invalid UTF-8 is replaced as Go
    /// replaces it, before anything is read.
    bool read(std::string_view line);

    Kind kind() const { return m_kind; }
    const Request &request() const { return m_requests.front(); }
    std::span<const Request> requests() const { return std::span(m_requests).subspan(1); }
    const std::string &problem() const { return m_problem; }

private:
    struct Range {
        size_t start = 0;
        size_t count = 0;
    };

    template <typename Member>
    bool readMembers(JsonReader &json, Member member);
    bool readObject(JsonReader &json, size_t request, bool isLine);
    bool readContext(JsonReader &json, Range &range);
    bool readRequests(JsonReader &json);
    bool readKind(JsonReader &json);
    bool readText(JsonReader &json, std::string_view &text);
    bool refuse(std::string problem);
    bool refuseType(JsonReader &json);

    Kind m_kind = Kind::None;
    std::vector<Request> m_requests; ///< the line's own, then those of its list
    std::vector<Range> m_contexts;   ///< of each request in m_properties
    std::vector<Property> m_properties;
    std::string m_line;    ///< the line with invalid bytes replaced, if it had any
    std::string m_decoded; ///< strings that had escapes; never grows past what was reserved
    std::string m_problem;
};

} // namespace edgewise::evaluation
