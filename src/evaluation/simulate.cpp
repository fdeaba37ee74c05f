// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/simulate.h"

#include "evaluation/compiled.h"
#include "evaluation/evaluate.h"
#include "evaluation/parallel.h"
#include "evaluation/steps.h"
#include "evaluation/text.h"

#include <QCoreApplication>

namespace edgewise::evaluation {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t breakdownLimit = 100;

/// Rows by what they have in common with few comparisons: the views of a program's texts are equal
/// when the texts are.
class Counter {
public:
    void count(const Outcome &outcome)
    {
        for (Entry &entry : m_entries) {
            if (entry.decidedBy == outcome.decidedBy && entry.variant == outcome.variantKey.data()
                && entry.value == value(outcome) && entry.reason == outcome.reason
                && entry.status == outcome.status) {
                ++entry.count;
                return;
            }
        }
        m_entries.push_back({outcome.decidedBy, outcome.variantKey.data(), value(outcome),
                             outcome.reason, outcome.status, 1, answerKey(outcome)});
    }

    void addTo(std::map<Tally::Row, qint64> &counts) const
    {
        for (const Entry &entry : m_entries)
            counts[{entry.decidedBy, entry.answer}] += entry.count;
    }

private:
    struct Entry {
        int decidedBy;
        const char *variant;
        bool value;
        Outcome::Reason reason;
        int status;
        qint64 count;
        AnswerKey answer;
    };

    static bool value(const Outcome &outcome)
    {
        return outcome.kind == Outcome::Kind::Boolean ? outcome.enabled : outcome.match;
    }

    std::vector<Entry> m_entries;
};

struct Part {
    qint64 entities = 0;
    Counter counter;
    std::map<std::string, Counter> byValue;
};

void merge(Tally &tally, const Part &part)
{
    tally.entities += part.entities;
    part.counter.addTo(tally.counts);
    for (const auto &[value, counter] : part.byValue) {
        QString name = fromUtf8(value);
        if (!tally.byValue.contains(name) && tally.byValue.size() >= breakdownLimit)
            name = otherValues();
        counter.addTo(tally.byValue[name]);
    }
}

} // namespace

AnswerKey answerKey(const Outcome &outcome)
{
    AnswerKey key;
    key.status = outcome.status;
    key.reason = outcome.reason;
    key.isBoolean = outcome.kind == Outcome::Kind::Boolean;
    key.value = key.isBoolean ? outcome.enabled : outcome.match;
    key.variant = fromUtf8(outcome.variantKey);
    return key;
}

bool sameService(const AnswerKey &a, const AnswerKey &b)
{
    return a.status == b.status && a.isBoolean == b.isBoolean && a.value == b.value
           && a.variant == b.variant;
}

QString otherValues()
{
    return QCoreApplication::translate("edgewise::evaluation::Tally", "other values");
}

Result<Tally> simulate(const Program &program, const Simulation &simulation, Population &population,
                       Progress &progress)
{
    const std::string spaceKey = utf8(simulation.nameSpace.text());
    const std::string flagKey = utf8(simulation.flag.text());
    const CompiledNamespace *nameSpace = program.nameSpace(spaceKey);
    const CompiledFlag *flag = nameSpace ? nameSpace->flag(flagKey) : nullptr;
    if (!flag) {
        return Error{Error::Kind::NotFound,
                     u"simulating a flag"_qs,
                     simulation.nameSpace.text() + u'/' + simulation.flag.text(),
                     {},
                     false};
    }
    const std::string breakdown = utf8(simulation.breakdown);
    const auto makeWorker = [&] {
        return [&, outcome = Outcome()](const Batch &batch) mutable {
            Part part;
            part.entities = qint64(batch.entities().size());
            Request request;
            for (const Entity &entity : batch.entities()) {
                request.entity = entity.id;
                request.context = entity.context;
                evaluate(*nameSpace, *flag, request, outcome);
                part.counter.count(outcome);
                if (!breakdown.empty()) {
                    const std::string value(valueOf(request, breakdown));
                    part.byValue[value].count(outcome);
                }
            }
            return part;
        };
    };
    Tally tally;
    const bool complete = forEachBatch<Part>(population, progress, makeWorker,
                                             [&](const Part &part) { merge(tally, part); });
    if (!complete)
        return Error{Error::Kind::Cancelled, u"simulating a flag"_qs, {}, {}, false};
    tally.malformed = population.malformedCount();
    return tally;
}

} // namespace edgewise::evaluation
