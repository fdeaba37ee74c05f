// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/populationplan.h"

#include <QCoreApplication>
#include <QDate>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace edgewise::evaluation {

using namespace Qt::StringLiterals;

namespace {

constexpr double maximumCount = 1e9;
constexpr double maximumNumber = 1e12; ///< exact with three decimals in a double
constexpr qint64 maximumDays = 366 * 200;

/// Reads members and keeps the first problem. Absent members leave the default.
class PlanReader {
    Q_DECLARE_TR_FUNCTIONS(edgewise::evaluation::PlanReader)

public:
    PopulationPlan read(const QJsonObject &object);
    const QString &problem() const { return m_problem; }

private:
    void refuse(const QString &member, const QString &what)
    {
        if (m_problem.isEmpty())
            m_problem = tr("%1 must be %2").arg(member, what);
    }
    double number(const QJsonObject &object, const QString &member, double low, double high,
                  double fallback);
    qint64 integer(const QJsonObject &object, const QString &member, double low, double high,
                   qint64 fallback);
    QString text(const QJsonObject &object, const QString &member);
    EntityIds ids(const QJsonObject &object);
    AttributePlan attribute(const QJsonObject &object);
    Choice choice(const QJsonArray &options);
    DateRange dates(const QJsonObject &object);

    QString m_problem;
};

double PlanReader::number(const QJsonObject &object, const QString &member, double low, double high,
                          double fallback)
{
    const QJsonValue value = object[member];
    if (value.isUndefined())
        return fallback;
    if (!value.isDouble() || value.toDouble() < low || value.toDouble() > high) {
        refuse(member, tr("a number from %1 to %2").arg(low, 0, 'g', 15).arg(high, 0, 'g', 15));
        return fallback;
    }
    return value.toDouble();
}

qint64 PlanReader::integer(const QJsonObject &object, const QString &member, double low,
                           double high, qint64 fallback)
{
    const double value = number(object, member, low, high, double(fallback));
    if (value != std::floor(value))
        refuse(member, tr("a whole number"));
    return qint64(value);
}

QString PlanReader::text(const QJsonObject &object, const QString &member)
{
    if (!object[member].isString())
        refuse(member, tr("a text"));
    return object[member].toString();
}

EntityIds PlanReader::ids(const QJsonObject &object)
{
    EntityIds result;
    const QString form = object[u"form"].toString(u"uuid"_qs);
    result.first = integer(object, u"first"_qs, -1e15, 1e15, 1);
    if (form == u"number") {
        result.form = EntityIds::Form::Number;
    } else if (form == u"pattern") {
        result.form = EntityIds::Form::Pattern;
        result.pattern = text(object, u"pattern"_qs);
        if (!result.pattern.contains(u"{n}"))
            refuse(u"pattern"_qs, tr("a text with {n} in it"));
    } else if (form != u"uuid") {
        refuse(u"form"_qs, tr("uuid, number or pattern"));
    }
    return result;
}

Choice PlanReader::choice(const QJsonArray &options)
{
    Choice result;
    for (const QJsonValue &option : options) {
        const QJsonObject object = option.toObject();
        result.options.push_back(
            {text(object, u"value"_qs), number(object, u"weight"_qs, 1e-9, maximumNumber, 1)});
    }
    if (result.options.empty())
        refuse(u"choice"_qs, tr("a list of values"));
    return result;
}

DateRange PlanReader::dates(const QJsonObject &object)
{
    const DateRange range{text(object, u"first"_qs), text(object, u"last"_qs)};
    const QDate first = QDate::fromString(range.first, Qt::ISODate);
    const QDate last = QDate::fromString(range.last, Qt::ISODate);
    if (!first.isValid() || !last.isValid() || last < first || first.daysTo(last) > maximumDays)
        refuse(u"date"_qs, tr("two days YYYY-MM-DD in order, at most 200 years apart"));
    return range;
}

AttributePlan PlanReader::attribute(const QJsonObject &object)
{
    AttributePlan plan;
    plan.name = text(object, u"name"_qs);
    plan.missing = number(object, u"missing"_qs, 0, 1, 0);
    if (object[u"choice"].isArray()) {
        plan.values = choice(object[u"choice"].toArray());
    } else if (object[u"date"].isObject()) {
        plan.values = dates(object[u"date"].toObject());
    } else if (object[u"number"].isObject()) {
        const QJsonObject range = object[u"number"].toObject();
        NumberRange numbers;
        numbers.low = number(range, u"low"_qs, -maximumNumber, maximumNumber, 0);
        numbers.high = number(range, u"high"_qs, -maximumNumber, maximumNumber, 100);
        numbers.decimals = int(integer(range, u"decimals"_qs, 0, 6, 0));
        if (numbers.high < numbers.low)
            refuse(u"high"_qs, tr("at least as much as low"));
        plan.values = numbers;
    } else {
        refuse(plan.name, tr("a choice, a number or a date"));
    }
    return plan;
}

PopulationPlan PlanReader::read(const QJsonObject &object)
{
    PopulationPlan plan;
    plan.count = integer(object, u"count"_qs, 0, maximumCount, plan.count);
    plan.seed = quint64(integer(object, u"seed"_qs, 0, 9e15, 1));
    plan.ids = ids(object[u"ids"].toObject());
    for (const QJsonValue &value : object[u"attributes"].toArray())
        plan.attributes.push_back(attribute(value.toObject()));
    return plan;
}

QJsonObject toJson(const AttributePlan &plan)
{
    QJsonObject object{{u"name"_qs, plan.name}};
    if (plan.missing > 0)
        object[u"missing"] = plan.missing;
    if (const auto *choice = std::get_if<Choice>(&plan.values)) {
        QJsonArray options;
        for (const Choice::Option &option : choice->options)
            options.append(QJsonObject{{u"value"_qs, option.value}, {u"weight"_qs, option.weight}});
        object[u"choice"] = options;
    } else if (const auto *number = std::get_if<NumberRange>(&plan.values)) {
        object[u"number"] = QJsonObject{{u"low"_qs, number->low},
                                        {u"high"_qs, number->high},
                                        {u"decimals"_qs, number->decimals}};
    } else if (const auto *date = std::get_if<DateRange>(&plan.values)) {
        object[u"date"] = QJsonObject{{u"first"_qs, date->first}, {u"last"_qs, date->last}};
    }
    return object;
}

} // namespace

Result<PopulationPlan> parsePlan(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    PlanReader reader;
    PopulationPlan plan;
    if (document.isObject())
        plan = reader.read(document.object());
    const QString problem = document.isObject() ? reader.problem()
                            : error.error != QJsonParseError::NoError
                                ? error.errorString()
                                : QCoreApplication::translate("edgewise::evaluation::PlanReader",
                                                              "it is no JSON object");
    if (!problem.isEmpty())
        return Error{Error::Kind::Input, u"reading the population's plan"_qs, problem, {}, false};
    return plan;
}

QByteArray printPlan(const PopulationPlan &plan)
{
    QJsonObject ids{{u"form"_qs, u"uuid"_qs}};
    if (plan.ids.form != EntityIds::Form::Uuid) {
        const bool isNumber = plan.ids.form == EntityIds::Form::Number;
        ids[u"form"] = isNumber ? u"number"_qs : u"pattern"_qs;
        if (!isNumber)
            ids[u"pattern"] = plan.ids.pattern;
    }
    ids[u"first"] = plan.ids.first;
    QJsonArray attributes;
    for (const AttributePlan &attribute : plan.attributes)
        attributes.append(toJson(attribute));
    return QJsonDocument(QJsonObject{{u"count"_qs, plan.count},
                                     {u"seed"_qs, qint64(plan.seed)},
                                     {u"ids"_qs, ids},
                                     {u"attributes"_qs, attributes}})
        .toJson();
}

} // namespace edgewise::evaluation
