// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/populationplan.h"

#include "evaluation/text.h"

#include <QDate>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace edgewise::evaluation {

namespace {

/// splitmix64: small, fast, and the same on every machine and with every version of Qt.
class Random {
public:
    explicit Random(quint64 seed) : m_state(seed) {}

    quint64 next()
    {
        m_state += 0x9E3779B97F4A7C15ULL;
        quint64 value = m_state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
        return value ^ (value >> 31);
    }
    /// 0 to below 1.
    double fraction() { return double(next() >> 11) * 0x1p-53; }
    /// 0 to below `limit`.
    quint64 below(quint64 limit) { return quint64(fraction() * double(limit)); }

private:
    quint64 m_state;
};

/// An attribute with its values as bytes.
struct Source {
    std::string name;
    double missing = 0;
    std::vector<std::string> texts; ///< of a choice or a range of days
    std::vector<double> upTo;       ///< a choice's cumulated weights, the last being 1
    bool isNumber = false;
    qint64 low = 0;    ///< of a number, in units of its last decimal
    quint64 steps = 1; ///< how many numbers there are
    qint64 scale = 1;  ///< units to one
    int decimals = 0;
};

std::vector<std::string> days(const DateRange &range)
{
    std::vector<std::string> texts;
    const QDate last = QDate::fromString(range.last, Qt::ISODate);
    for (QDate day = QDate::fromString(range.first, Qt::ISODate); day <= last; day = day.addDays(1))
        texts.push_back(utf8(day.toString(Qt::ISODate)));
    return texts;
}

Source makeSource(const AttributePlan &plan)
{
    Source source;
    source.name = utf8(plan.name);
    source.missing = plan.missing;
    if (const auto *choice = std::get_if<Choice>(&plan.values)) {
        double sum = 0;
        for (const Choice::Option &option : choice->options) {
            source.texts.push_back(utf8(option.value));
            source.upTo.push_back(sum += option.weight);
        }
        for (double &limit : source.upTo)
            limit /= sum;
    } else if (const auto *range = std::get_if<DateRange>(&plan.values)) {
        source.texts = days(*range);
    } else {
        const auto &numbers = std::get<NumberRange>(plan.values);
        source.isNumber = true;
        source.decimals = numbers.decimals;
        for (int i = 0; i < numbers.decimals; ++i)
            source.scale *= 10;
        const double scale = double(source.scale);
        source.low = qint64(std::ceil(numbers.low * scale - 1e-6));
        const auto high = qint64(std::floor(numbers.high * scale + 1e-6));
        source.steps = quint64(std::max(high, source.low) - source.low + 1);
    }
    return source;
}

class GeneratedPopulation : public Population {
public:
    explicit GeneratedPopulation(const PopulationPlan &plan) : m_plan(plan)
    {
        for (const AttributePlan &attribute : plan.attributes)
            m_sources.push_back(makeSource(attribute));
        std::string rest = utf8(plan.ids.pattern);
        constexpr std::string_view mark = "{n}";
        for (size_t at = rest.find(mark); at != std::string::npos; at = rest.find(mark)) {
            m_pattern.push_back(rest.substr(0, at));
            rest.erase(0, at + mark.size());
        }
        m_pattern.push_back(rest);
    }

    std::optional<qint64> size() const override { return m_plan.count; }

    bool next(Batch &batch) override
    {
        batch.clear();
        batch.number = m_next.fetch_add(1);
        const qint64 first = batch.number * qint64(Batch::capacity);
        const qint64 end = std::min(m_plan.count, first + qint64(Batch::capacity));
        for (qint64 i = first; i < end; ++i)
            add(batch, i);
        batch.seal();
        return first < end;
    }

private:
    void add(Batch &batch, qint64 index) const
    {
        // Each entity has a sequence of its own, so batches can be made in any order.
        Random random(m_plan.seed ^ (quint64(index) * 0xD1342543DE82EF95ULL));
        std::array<char, 64> buffer;
        switch (m_plan.ids.form) {
        case EntityIds::Form::Uuid:
            batch.addEntity(batch.keep(uuid(random, buffer)));
            break;
        case EntityIds::Form::Number:
            batch.addEntity(batch.keep(decimal(m_plan.ids.first + index, buffer)));
            break;
        case EntityIds::Form::Pattern: {
            std::string id = m_pattern.front();
            for (size_t i = 1; i < m_pattern.size(); ++i) {
                id += decimal(m_plan.ids.first + index, buffer);
                id += m_pattern[i];
            }
            batch.addEntity(batch.keep(id));
            break;
        }
        }
        for (const Source &source : m_sources) {
            const bool missing = source.missing > 0 && random.fraction() < source.missing;
            if (missing)
                continue;
            if (source.isNumber) {
                batch.addProperty(source.name, batch.keep(number(source, random, buffer)));
            } else if (!source.upTo.empty()) {
                const auto limit = std::ranges::upper_bound(source.upTo, random.fraction());
                const auto option =
                    std::min(size_t(limit - source.upTo.begin()), source.texts.size() - 1);
                batch.addProperty(source.name, source.texts[option]);
            } else {
                batch.addProperty(source.name, source.texts[random.below(source.texts.size())]);
            }
        }
    }

    static std::string_view uuid(Random &random, std::array<char, 64> &buffer)
    {
        quint64 high = random.next();
        quint64 low = random.next();
        high = (high & ~0xF000ULL) | 0x4000;                         // version 4
        low = (low & 0x3FFFFFFFFFFFFFFFULL) | 0x8000000000000000ULL; // RFC 4122
        size_t at = 0;
        for (int byte = 0; byte < 16; ++byte) {
            if (byte == 4 || byte == 6 || byte == 8 || byte == 10)
                buffer[at++] = '-';
            const auto value = (byte < 8 ? high : low) >> (56 - byte % 8 * 8) & 0xFF;
            buffer[at++] = "0123456789abcdef"[value >> 4];
            buffer[at++] = "0123456789abcdef"[value & 0xF];
        }
        return {buffer.data(), at};
    }

    static std::string_view decimal(qint64 value, std::array<char, 64> &buffer)
    {
        const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
        return {buffer.data(), size_t(result.ptr - buffer.data())};
    }

    static std::string_view number(const Source &source, Random &random,
                                   std::array<char, 64> &buffer)
    {
        const qint64 value = source.low + qint64(random.below(source.steps));
        char *at = buffer.data();
        if (value < 0)
            *at++ = '-';
        const qint64 units = value < 0 ? -value : value;
        at = std::to_chars(at, buffer.data() + buffer.size(), units / source.scale).ptr;
        if (source.decimals > 0) {
            *at++ = '.';
            qint64 rest = units % source.scale;
            for (int i = source.decimals - 1; i >= 0; --i, rest /= 10)
                at[i] = char('0' + rest % 10);
            at += source.decimals;
        }
        return {buffer.data(), size_t(at - buffer.data())};
    }

    PopulationPlan m_plan;
    std::vector<Source> m_sources;
    std::vector<std::string> m_pattern; ///< texts around the numbers
    std::atomic<qint64> m_next = 0;
};

} // namespace

std::unique_ptr<Population> generatedPopulation(const PopulationPlan &plan)
{
    return std::make_unique<GeneratedPopulation>(plan);
}

} // namespace edgewise::evaluation
