// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/populationplan.h>
#include <evaluation/rowpopulation.h>

#include <QBuffer>
#include <QRegularExpression>
#include <QTest>

#include <map>
#include <set>

using namespace edgewise;
using namespace Qt::StringLiterals;
using evaluation::Batch;
using evaluation::Population;
using evaluation::PopulationPlan;

namespace {

struct Person {
    std::string id;
    std::map<std::string, std::string> context;
    friend bool operator==(const Person &, const Person &) = default;
};

std::vector<Person> everyone(Population &population)
{
    std::vector<Person> people;
    Batch batch;
    qint64 number = 0;
    while (population.next(batch)) {
        if (batch.number != number++ || batch.entities().size() > Batch::capacity)
            qFatal("batch %lld out of order or too large", batch.number);
        for (const evaluation::Entity &entity : batch.entities()) {
            Person person{std::string(entity.id), {}};
            for (const evaluation::Property &property : entity.context)
                person.context.emplace(property.name, property.value);
            people.push_back(std::move(person));
        }
    }
    return people;
}

std::vector<Person> fromText(const QByteArray &text, bool isCsv,
                             std::vector<evaluation::MalformedRow> *malformed = nullptr)
{
    QBuffer buffer;
    buffer.setData(text);
    buffer.open(QIODevice::ReadOnly);
    const auto population =
        isCsv ? evaluation::csvPopulation(buffer) : evaluation::jsonLinesPopulation(buffer);
    std::vector<Person> people = everyone(*population);
    if (malformed)
        *malformed = population->malformedRows();
    else if (population->malformedCount() != 0)
        qFatal("malformed rows");
    return people;
}

PopulationPlan samplePlan()
{
    PopulationPlan plan;
    plan.count = 20'000;
    plan.seed = 42;
    plan.attributes = {
        {u"plan"_qs, 0.1, evaluation::Choice{{{u"pro"_qs, 3}, {u"free"_qs, 1}}}},
        {u"age"_qs, 0, evaluation::NumberRange{18, 99, 1}},
        {u"since"_qs, 0, evaluation::DateRange{u"2024-02-27"_qs, u"2024-03-01"_qs}},
    };
    return plan;
}

} // namespace

class TestPopulation : public QObject {
    Q_OBJECT

private slots:
    void generatesWhatThePlanSays()
    {
        const auto population = evaluation::generatedPopulation(samplePlan());
        QCOMPARE(population->size(), std::optional<qint64>(20'000));
        const auto people = everyone(*population);
        QCOMPARE(people.size(), size_t(20'000));
        static const QRegularExpression uuid(
            u"\\A[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\\z"_qs);
        std::set<std::string> ids;
        std::map<std::string, int> plans;
        std::set<std::string> days;
        double lowest = 1000;
        double highest = 0;
        for (const Person &person : people) {
            ids.insert(person.id);
            QVERIFY(uuid.match(QString::fromStdString(person.id)).hasMatch());
            ++plans[person.context.contains("plan") ? person.context.at("plan") : "missing"];
            days.insert(person.context.at("since"));
            const double age = std::stod(person.context.at("age"));
            lowest = std::min(lowest, age);
            highest = std::max(highest, age);
        }
        QCOMPARE(ids.size(), people.size());
        QCOMPARE(days,
                 (std::set<std::string>{"2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01"}));
        QVERIFY(lowest >= 18 && lowest < 18.5 && highest <= 99 && highest > 98.5);
        // Six standard deviations around the expected 2000, 13500 and 4500.
        QVERIFY(std::abs(plans["missing"] - 2000) < 260);
        QVERIFY(std::abs(plans["pro"] - 13500) < 400);
        QVERIFY(std::abs(plans["free"] - 4500) < 360);
    }

    void repeatsItselfBySeed()
    {
        PopulationPlan plan = samplePlan();
        const auto first = everyone(*evaluation::generatedPopulation(plan));
        QCOMPARE(everyone(*evaluation::generatedPopulation(plan)), first);
        // Never another one, on no machine and with no version: plans are shared.
        QCOMPARE(QByteArray::fromStdString(first[0].id),
                 QByteArray("bdd73226-2feb-4e95-a8ef-e333b266f103"));
        plan.count = 100;
        const auto fewer = everyone(*evaluation::generatedPopulation(plan));
        QVERIFY(std::ranges::equal(fewer, std::span(first).first(100)));
        plan.seed = 43;
        QVERIFY(everyone(*evaluation::generatedPopulation(plan)) != fewer);
    }

    void numbersEntities()
    {
        PopulationPlan plan;
        plan.count = 2;
        plan.ids = {evaluation::EntityIds::Form::Number, 99, {}};
        QCOMPARE(everyone(*evaluation::generatedPopulation(plan))[1].id, std::string("100"));
        plan.ids = {evaluation::EntityIds::Form::Pattern, -1, u"é-{n}/{n}"_qs};
        QCOMPARE(everyone(*evaluation::generatedPopulation(plan))[0].id, std::string("é--1/-1"));
    }

    void keepsPlansInFiles()
    {
        PopulationPlan plan = samplePlan();
        plan.ids = {evaluation::EntityIds::Form::Pattern, 7, u"user-{n}"_qs};
        const auto read = evaluation::parsePlan(printPlan(plan));
        QVERIFY(read);
        QVERIFY(*read == plan);
        QVERIFY(*evaluation::parsePlan("{}") == PopulationPlan());
    }

    void refusesFaultyPlans_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char *json :
             {"", "[]", "{\"count\":-1}", "{\"count\":1.5}", "{\"count\":1e12}", "{\"seed\":\"a\"}",
              "{\"ids\":{\"form\":\"other\"}}",
              "{\"ids\":{\"form\":\"pattern\",\"pattern\":\"x\"}}", "{\"attributes\":[{}]}",
              "{\"attributes\":[{\"name\":\"a\"}]}",
              "{\"attributes\":[{\"name\":\"a\",\"choice\":[]}]}",
              "{\"attributes\":[{\"name\":\"a\",\"choice\":[{\"value\":1}]}]}",
              "{\"attributes\":[{\"name\":\"a\",\"choice\":[{\"value\":\"x\",\"weight\":0}]}]}",
              "{\"attributes\":[{\"name\":\"a\",\"missing\":2,\"number\":{}}]}",
              "{\"attributes\":[{\"name\":\"a\",\"number\":{\"low\":2,\"high\":1}}]}",
              "{\"attributes\":[{\"name\":\"a\",\"date\":{\"first\":\"x\",\"last\":\"y\"}}]}",
              "{\"attributes\":[{\"name\":\"a\",\"date\":{\"first\":\"0001-01-01\",\"last\":\"9999-"
              "01-01\"}}]}"})
            QTest::newRow(json) << QByteArray(json);
    }
    void refusesFaultyPlans()
    {
        QFETCH(QByteArray, json);
        const auto plan = evaluation::parsePlan(json);
        QVERIFY(!plan);
        QVERIFY(plan.error().kind == Error::Kind::Input && !plan.error().detail.isEmpty());
    }

    void readsCsv()
    {
        const auto people = fromText("\xEF\xBB\xBFplan,id,\"a \"\"b\"\"\"\r\n"
                                     "pro,u1,\"x, y\"\r\n"
                                     "\r\n"
                                     ",u2,\"two\nlines\"\n"
                                     "\xFF,\"\",z",
                                     true);
        QCOMPARE(people.size(), size_t(3));
        QCOMPARE(people[0], (Person{"u1", {{"plan", "pro"}, {"a \"b\"", "x, y"}}}));
        QCOMPARE(people[1], (Person{"u2", {{"plan", ""}, {"a \"b\"", "two\nlines"}}}));
        QCOMPARE(people[2], (Person{"", {{"plan", "\ufffd"}, {"a \"b\"", "z"}}}));
        QCOMPARE(fromText("a,b\n1,2\n", true)[0], (Person{"1", {{"b", "2"}}}));
        QVERIFY(fromText("", true).empty());
        QVERIFY(fromText("id\n", true).empty());
    }

    void readsJsonLines()
    {
        const auto people = fromText("{\"entity\":\"u\\u0031\",\"context\":{\"plan\":\"pro\"}}\n\n"
                                     "{\"context\":{\"a\":null},\"x\":[1],\"entity\":\"\"}",
                                     false);
        QCOMPARE(people.size(), size_t(2));
        QCOMPARE(people[0], (Person{"u1", {{"plan", "pro"}}}));
        QCOMPARE(people[1], (Person{"", {{"a", ""}}}));
    }

    void takesRows()
    {
        using Row = evaluation::PopulationRow;
        std::vector<std::vector<Row>> answers{
            {{"pro", "u1", "\xFF"}, {std::nullopt, "u2", ""}},
            {{"pro", std::nullopt, "x"}, {"pro", "u3"}, {"free", "u4", std::nullopt}}};
        size_t next = 0;
        const auto population = evaluation::rowPopulation({"plan", "id", "é"}, [&] {
            return next < answers.size() ? answers[next++] : std::vector<Row>();
        });
        const auto people = everyone(*population);
        QCOMPARE(people.size(), size_t(3));
        QCOMPARE(people[0], (Person{"u1", {{"plan", "pro"}, {"é", "\ufffd"}}}));
        QCOMPARE(people[1], (Person{"u2", {{"é", ""}}})); // NULL is a missing property
        QCOMPARE(people[2], (Person{"u4", {{"plan", "free"}}}));
        QCOMPARE(population->malformedCount(), 2);
        QCOMPARE(population->malformedRows()[0].line, 3);
        QCOMPARE(population->malformedRows()[1].line, 4);
        QCOMPARE(evaluation::entityColumn({"id", "entity"}), size_t(1));
        QCOMPARE(evaluation::entityColumn({"a", "b"}), size_t(0));
    }

    // Ten thousand lines of ten megabytes need no more memory than a few.
    void keepsBatchesSmall()
    {
        const QByteArray line = "{\"entity\":\"" + QByteArray(3'000'000, 'x') + "\"}\n";
        QBuffer buffer;
        buffer.setData(line.repeated(5));
        buffer.open(QIODevice::ReadOnly);
        const auto population = evaluation::jsonLinesPopulation(buffer);
        Batch batch;
        std::vector<size_t> sizes;
        while (population->next(batch))
            sizes.push_back(batch.entities().size());
        QCOMPARE(sizes, (std::vector<size_t>{2, 2, 1}));
    }

    void countsMalformedRows()
    {
        std::vector<evaluation::MalformedRow> malformed;
        QCOMPARE(fromText("id,a\n1,2\n1\n3,\"x\"y\n4,a\"b\n5,6\n", true, &malformed).size(),
                 size_t(2));
        QCOMPARE(malformed.size(), size_t(3));
        QCOMPARE(malformed[0].line, 3);
        QCOMPARE(malformed[2].line, 5);
        QVERIFY(fromText("id,a\n1,\"never closed\n2,3\n", true, &malformed).empty());
        QCOMPARE(malformed.size(), size_t(1));
        QCOMPARE(malformed[0].line, 2);
        QCOMPARE(fromText("{\"entity\":\"a\"}\nx\n{\"entity\":1}\n{}\n[]\n{\"entity\":\"b\"}\n",
                          false, &malformed)
                     .size(),
                 size_t(2));
        QCOMPARE(malformed.size(), size_t(4));
        QCOMPARE(malformed[0].line, 2);
    }
};

QTEST_GUILESS_MAIN(TestPopulation)
#include "tst_population.moc"
