// SPDX-License-Identifier: GPL-3.0-or-later
#include "rowdiff.h"

#include "diagnostics.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace edgewise::cli {

namespace {

// Compares table after table and remembers the worst that it met.
class RowDiffRun {
public:
    RowDiffRun(Invocation &invocation, const SourceArgument &a, const SourceArgument &b, bool json)
        : m_invocation(invocation), m_a(connectTo(a, true, invocation)),
          m_b(connectTo(b, true, invocation)), m_json(json)
    {
    }

    int run(const QString &only)
    {
        auto futureA = m_a->tables(); // both are asked at the same time
        auto futureB = m_b->tables();
        const auto listA = await(std::move(futureA));
        const auto listB = await(std::move(futureB));
        if (!listA)
            return complain(listA.error());
        if (!listB)
            return complain(listB.error());
        const QMap<QString, store::TableInfo> tablesA = byName(*listA), tablesB = byName(*listB);

        QStringList names = only.isEmpty() ? tablesA.keys() + tablesB.keys() : QStringList{only};
        names.sort();
        names.removeDuplicates();
        if (!tablesA.contains(names.value(0)) && !tablesB.contains(names.value(0))
            && !only.isEmpty())
            return complain({.kind = Error::Kind::NotFound,
                             .step = QStringLiteral("comparing the table \"%1\"").arg(only),
                             .detail = QStringLiteral("neither side has a table of that name")});
        for (const QString &name : std::as_const(names)) {
            if (!tablesB.contains(name))
                tellTable(name, "table-only-a", QStringLiteral("the table is only in A"));
            else if (!tablesA.contains(name))
                tellTable(name, "table-only-b", QStringLiteral("the table is only in B"));
            else if (tablesA[name] != tablesB[name])
                tellTable(name, "columns",
                          QStringLiteral("its columns or its key are not the same"));
            else if (const Result<void> compared = compare(tablesA[name]); !compared)
                return complain(compared.error());
            if (m_invocation.output.isBroken())
                return Failed;
        }
        if (m_inFlight)
            tell(QStringLiteral(
                "The two were read at different positions, or changed meanwhile; what "
                "differs may be on its way."));
        return m_code;
    }

private:
    static QMap<QString, store::TableInfo> byName(const QList<store::TableInfo> &tables)
    {
        QMap<QString, store::TableInfo> map;
        for (const store::TableInfo &table : tables)
            map.insert(table.name, table);
        return map;
    }

    void tellTable(const QString &name, const char *kind, const QString &text)
    {
        m_code = Findings;
        const QJsonObject object{{QStringLiteral("table"), name},
                                 {QStringLiteral("kind"), QLatin1StringView(kind)}};
        m_invocation.output.line(m_json ? QJsonDocument(object).toJson(QJsonDocument::Compact)
                                        : QString(name + QStringLiteral(": ") + text).toUtf8());
    }

    void print(const store::TableInfo &table, const QList<replication::RowDifference> &rows)
    {
        for (const replication::RowDifference &row : rows) {
            m_invocation.output.line(m_json ? rowDifferenceJson(table, row)
                                            : rowDifferenceText(table, row));
        }
        if (m_invocation.output.isBroken())
            QCoreApplication::exit(Failed);
    }

    Result<void> compare(const store::TableInfo &table)
    {
        replication::TableDiff diff(*m_a, *m_b, table.name);
        diff.setOnlyDifferences(true);
        Result<void> outcome;
        QObject::connect(
            &diff, &replication::TableDiff::rows, &diff,
            [&](const QList<replication::RowDifference> &rows) { print(table, rows); });
        QObject::connect(&diff, &replication::TableDiff::finished, &diff,
                         [&](const Result<replication::TableDiffSummary> &summary) {
                             if (!summary)
                                 outcome = summary.error();
                             else if (!summary->counts.isEqual())
                                 noteDifferences(*summary);
                             QCoreApplication::exit(Done);
                         });
        diff.start();
        QCoreApplication::exec();
        return outcome;
    }

    void noteDifferences(const replication::TableDiffSummary &summary)
    {
        m_code = Findings;
        m_inFlight = m_inFlight || !summary.isSamePosition();
    }

    Invocation &m_invocation;
    std::unique_ptr<store::Connection> m_a;
    std::unique_ptr<store::Connection> m_b;
    bool m_json;
    bool m_inFlight = false;
    int m_code = Done;
};

} // namespace

int printRowDifferences(Invocation &invocation, const SourceArgument &a, const SourceArgument &b,
                        const RowDiffOptions &options)
{
    return RowDiffRun(invocation, a, b, options.json).run(options.table);
}

} // namespace edgewise::cli
