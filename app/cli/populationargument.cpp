// SPDX-License-Identifier: GPL-3.0-or-later
#include "populationargument.h"

#include <evaluation/populationplan.h>
#include <evaluation/rowpopulation.h>
#include <evaluation/text.h>

#include <unistd.h>

namespace edgewise::cli {

namespace {

constexpr int rowsAtOnce = 4096;
constexpr qint64 longestText = 16 << 20; ///< bytes of a plan or a statement

bool hasSuffix(const QString &path, const char *suffix)
{
    return path.endsWith(QLatin1StringView(suffix), Qt::CaseInsensitive);
}

Error populationError(const QString &step, const QString &detail)
{
    return {.kind = Error::Kind::Input, .step = step, .detail = detail};
}

/// A cell as the text of a property. Whole numbers have no point and no exponent, so that they
/// equal what a person would write.
std::optional<std::string> propertyText(const QVariant &value)
{
    switch (value.userType()) {
    case QMetaType::UnknownType:
        return std::nullopt;
    case QMetaType::Double: {
        const double number = value.toDouble();
        const char format = std::abs(number) < 1e15 ? 'f' : 'g';
        return QByteArray::number(number, format, QLocale::FloatingPointShortest).toStdString();
    }
    case QMetaType::QByteArray:
        return value.toByteArray().toStdString();
    default:
        return evaluation::utf8(value.toString());
    }
}

} // namespace

Result<std::unique_ptr<PopulationArgument>>
PopulationArgument::open(const PopulationOptions &options, const SourceArgument &flags,
                         const Invocation &invocation)
{
    std::unique_ptr<PopulationArgument> argument(new PopulationArgument);
    Result<void> opened;
    if (options.entities) {
        opened = argument->generate(options);
    } else if (!options.query.empty()) {
        opened =
            argument->openQuery(QString::fromStdString(options.query), options, flags, invocation);
    } else {
        opened = argument->openFile(options);
        if (opened && !argument->m_population) { // it holds a query
            const QByteArray query = argument->m_file.read(longestText);
            opened = argument->openQuery(QString::fromUtf8(query), options, flags, invocation);
        }
    }
    if (!opened)
        return opened.error();
    return argument;
}

Result<void> PopulationArgument::generate(const PopulationOptions &options)
{
    m_name = QStringLiteral("the generated population");
    evaluation::PopulationPlan plan;
    plan.count = *options.entities;
    plan.seed = static_cast<quint64>(options.seed.value_or(1));
    m_population = evaluation::generatedPopulation(plan);
    return {};
}

Result<void> PopulationArgument::openFile(const PopulationOptions &options)
{
    m_name = QString::fromStdString(options.file);
    const QString step = QStringLiteral("opening the population %1").arg(m_name);
    const bool isInput = m_name == QStringLiteral("-");
    m_file.setFileName(m_name);
    if (isInput ? !m_file.open(STDIN_FILENO, QIODevice::ReadOnly)
                : !m_file.open(QIODevice::ReadOnly))
        return populationError(step, m_file.errorString());
    if (isInput)
        m_name = QStringLiteral("standard input");

    if (isInput || hasSuffix(m_name, ".jsonl") || hasSuffix(m_name, ".ndjson")) {
        m_population = evaluation::jsonLinesPopulation(m_file);
    } else if (hasSuffix(m_name, ".csv")) {
        m_population = evaluation::csvPopulation(m_file);
    } else if (hasSuffix(m_name, ".json")) {
        auto plan = evaluation::parsePlan(m_file.read(longestText));
        if (!plan)
            return populationError(step, plan.error().detail);
        if (options.seed)
            plan->seed = static_cast<quint64>(*options.seed);
        m_population = evaluation::generatedPopulation(*plan);
    } else if (!hasSuffix(m_name, ".sql")) {
        return populationError(step, QStringLiteral("its suffix is none of .json (a plan), .csv, "
                                                    ".jsonl, .ndjson and .sql"));
    }
    return {};
}

Result<void> PopulationArgument::openQuery(const QString &query, const PopulationOptions &options,
                                           const SourceArgument &flags,
                                           const Invocation &invocation)
{
    SourceArgument source = flags;
    if (!options.queryFrom.empty()) {
        auto named = parseSource(QString::fromStdString(options.queryFrom));
        if (!named)
            return named.error();
        source = *std::move(named);
    }
    if (source.kind != SourceArgument::Kind::Database)
        return populationError(QStringLiteral("querying %1").arg(source.text),
                               QStringLiteral("it is no database; name one by --query-from"));
    if (m_name.isEmpty())
        m_name = QStringLiteral("the query");
    store::ConnectionOptions connection = invocation.connection();
    connection.readOnly = true;
    m_rows = std::make_unique<store::RowStream>(source.database, connection, query);
    const auto columns = await(m_rows->open());
    if (!columns)
        return columns.error();
    std::vector<std::string> names;
    for (const QString &column : *columns)
        names.push_back(evaluation::utf8(column));
    m_population = evaluation::rowPopulation(std::move(names), [this] {
        std::vector<evaluation::PopulationRow> rows;
        const auto next = await(m_rows->next(rowsAtOnce));
        if (!next) {
            m_error = next.error();
            return rows;
        }
        rows.reserve(static_cast<size_t>(next->size()));
        for (const QVariantList &values : *next) {
            evaluation::PopulationRow &row = rows.emplace_back();
            for (const QVariant &value : values)
                row.push_back(propertyText(value));
        }
        return rows;
    });
    return {};
}

Result<void> PopulationArgument::ending() const
{
    if (m_error)
        return *m_error;
    if (m_file.error() != QFileDevice::NoError)
        return populationError(QStringLiteral("reading the population %1").arg(m_name),
                               m_file.errorString());
    return {};
}

} // namespace edgewise::cli
