// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/number.h>
#include <evaluation/request.h>
#include <evaluation/sametext.h>

#include <array>
#include <optional>

namespace edgewise::evaluation {

/// The value of a property, "" when it is missing; of equal names the last counts.
inline std::string_view valueOf(const Request &request, std::string_view property)
{
    for (size_t i = request.context.size(); i > 0; --i) {
        if (sameText(request.context[i - 1].name, property))
            return request.context[i - 1].value;
    }
    return {};
}

/// A request's values as its constraints look at them: a number that many of them compare is read
/// once. Lives for one evaluation, on the stack; the request must outlive it.
class Values {
public:
    class Value {
    public:
        explicit Value(std::string_view text) : m_text(text) {}

        std::string_view text() const { return m_text; }
        /// Nothing for what is no number.
        std::optional<double> asNumber() const
        {
            return m_values ? m_values->number(m_place, m_text) : parseNumber(m_text);
        }

    private:
        friend class Values;
        Value(std::string_view text, Values *values, size_t place)
            : m_text(text), m_values(values), m_place(place)
        {
        }

        std::string_view m_text;
        Values *m_values = nullptr; ///< null when nothing is remembered
        size_t m_place = 0;
    };

    explicit Values(const Request &request) : m_request(request) {}

    Value entity() const { return Value(m_request.entity); }

    Value of(std::string_view property)
    {
        const auto &context = m_request.context;
        for (size_t i = context.size(); i > 0; --i) {
            const Property &entry = context[i - 1];
            if (sameText(entry.name, property))
                return i <= kept ? Value(entry.value, this, i - 1) : Value(entry.value);
        }
        return Value({});
    }

private:
    static constexpr size_t kept = 16; ///< numbers of properties past these are read at each use

    std::optional<double> number(size_t place, std::string_view text)
    {
        const unsigned bit = 1U << place;
        if ((m_read & bit) == 0) {
            const auto number = parseNumber(text);
            m_numbers[place] = number.value_or(0);
            m_read |= bit;
            m_areNumbers |= number ? bit : 0;
        }
        return (m_areNumbers & bit) != 0 ? std::optional(m_numbers[place]) : std::nullopt;
    }

    const Request &m_request;
    unsigned m_read = 0;                ///< a bit for each place whose text has been read …
    unsigned m_areNumbers = 0;          ///< … and is a number
    std::array<double, kept> m_numbers; // left as it is until a number is put there
};

} // namespace edgewise::evaluation
