// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/population.h>

#include <QByteArray>

#include <variant>

namespace edgewise::evaluation {

/// How the ids of generated entities look.
struct EntityIds {
    enum class Form {
        Uuid,    ///< random, version 4, lower case
        Number,  ///< first, first + 1 …
        Pattern, ///< a text in which each {n} is the number
    };

    Form form = Form::Uuid;
    qint64 first = 1;
    QString pattern;

    friend bool operator==(const EntityIds &, const EntityIds &) = default;
};

/// One of some values, by weight.
struct Choice {
    struct Option {
        QString value;
        double weight = 1; ///< above 0
        friend bool operator==(const Option &, const Option &) = default;
    };
    std::vector<Option> options;
    friend bool operator==(const Choice &, const Choice &) = default;
};

/// A number from `low` to `high`, both included, with `decimals` digits after the point.
struct NumberRange {
    double low = 0;
    double high = 100;
    int decimals = 0; ///< 0 to 6
    friend bool operator==(const NumberRange &, const NumberRange &) = default;
};

/// A day from `first` to `last`, both included, as YYYY-MM-DD.
struct DateRange {
    QString first;
    QString last;
    friend bool operator==(const DateRange &, const DateRange &) = default;
};

struct AttributePlan {
    QString name;
    double missing = 0; ///< probability, 0 to 1, that an entity lacks it
    std::variant<Choice, NumberRange, DateRange> values;
    friend bool operator==(const AttributePlan &, const AttributePlan &) = default;
};

/// A generated population, as a value and as a small file to share. The same plan gives the same
/// entities everywhere and always.
struct PopulationPlan {
    qint64 count = 10'000; ///< 0 to a billion
    quint64 seed = 1;
    EntityIds ids;
    std::vector<AttributePlan> attributes;

    friend bool operator==(const PopulationPlan &, const PopulationPlan &) = default;
};

/// The file: {"count","seed","ids":{"form","first","pattern"},"attributes":[{"name","missing",
/// "choice":[{"value","weight"}] | "number":{"low","high","decimals"} | "date":{"first","last"}}]}.
/// Input, naming the member, for what is not such a plan.
Result<PopulationPlan> parsePlan(const QByteArray &json);
QByteArray printPlan(const PopulationPlan &plan);

/// The plan must be one that parsePlan takes. Any number of threads draw from it at full speed.
std::unique_ptr<Population> generatedPopulation(const PopulationPlan &plan);

} // namespace edgewise::evaluation
