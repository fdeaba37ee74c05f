// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/tablediff.h"

#include <base/whenready.h>

namespace edgewise::replication {

using namespace Qt::StringLiterals;

namespace {

// Bounds what is held: at most two pages a side.
constexpr int pageRows = 4000;

} // namespace

TableDiff::TableDiff(store::Connection &a, store::Connection &b, QString table, QObject *parent)
    : QObject(parent), m_tableName(std::move(table))
{
    m_a.connection = &a;
    m_b.connection = &b;
}

void TableDiff::start()
{
    readTables(Side::A);
    readTables(Side::B);
}

void TableDiff::readTables(Side side)
{
    whenReady(reader(side).connection->tables(), this,
              [this, side](const Result<QList<store::TableInfo>> &tables) {
                  Reader &own = reader(side);
                  if (!tables)
                      return finish(tables.error());
                  for (const store::TableInfo &table : *tables) {
                      if (table.name == m_tableName)
                          own.table = table;
                  }
                  if (!own.table) {
                      return finish(Error{
                          .kind = Error::Kind::NotFound,
                          .step = u"comparing the table %1"_qs.arg(m_tableName),
                          .detail = u"%1 has no such table"_qs.arg(own.connection->source().text)});
                  }
                  if (m_a.table && m_b.table)
                      beginReading();
              });
}

void TableDiff::beginReading()
{
    if (*m_a.table != *m_b.table) {
        return finish(
            Error{.kind = Error::Kind::Schema,
                  .step = u"comparing the table %1"_qs.arg(m_tableName),
                  .detail = u"its columns or its key are not the same in %1 and %2"_qs.arg(
                      m_a.connection->source().text, m_b.connection->source().text)});
    }
    const auto isFile = [](const Reader &side) {
        return side.connection->source().kind != store::Source::Kind::Node;
    };
    m_onlyDifferences &&isFile(m_a) && isFile(m_b) ? beginFiles() : beginRows();
}

void TableDiff::beginFiles()
{
    m_files =
        std::make_unique<FileDiff>(m_a.connection->source(), m_b.connection->source(), *m_a.table);
    connect(m_files.get(), &FileDiff::unsuitable, this, &TableDiff::beginRows);
    connect(m_files.get(), &FileDiff::rows, this, &TableDiff::rows);
    connect(m_files.get(), &FileDiff::finished, this,
            [this](const Result<FileDiff::Summary> &found) {
                if (!found)
                    return finish(found.error());
                const ReadPosition position{.index = {}, .exact = found->exact};
                finish(TableDiffSummary{
                    .table = *m_a.table, .counts = found->counts, .a = position, .b = position});
            });
    m_files->start();
}

void TableDiff::beginRows()
{
    m_merge = std::make_unique<RowMerge>(*m_a.table);
    for (const Side side : {Side::A, Side::B}) {
        // The index in an answer is the newest at its end: only one from before the first page, and
        // every page's, prove together that the rows are one state.
        whenReady(reader(side).connection->position(), this,
                  [this, side](const Result<std::optional<quint64>> &position) {
                      if (!position)
                          return finish(position.error());
                      reader(side).position = ReadPosition{.index = *position, .exact = true};
                  });
        readPage(side);
    }
}

void TableDiff::readPage(Side side)
{
    Reader &own = reader(side);
    own.pending = true;
    whenReady(own.connection->rows({.table = *own.table, .after = own.after, .limit = pageRows}),
              this, [this, side](const Result<store::RowPage> &page) { onPage(side, page); });
}

void TableDiff::onPage(Side side, const Result<store::RowPage> &page)
{
    if (m_finished)
        return;
    Reader &own = reader(side);
    own.pending = false;
    if (!page)
        return finish(page.error());
    ++own.pages;
    own.last = page->last;
    const bool isNode = own.connection->source().kind == store::Source::Kind::Node;
    // The position was asked before on the same connection, which answers in order.
    if (own.position
        && (isNode ? own.position->index != page->replicationIndex
                   : !(page->last && own.pages == 1)))
        own.position->exact = false;
    if (!page->rows.isEmpty())
        own.after = store::keyOf(*own.table, page->rows.last());
    if (const Result<void> added = m_merge->add(side, page->rows, page->last); !added)
        return finish(added.error());
    advance();
}

void TableDiff::advance()
{
    QList<RowDifference> differences = m_merge->take();
    for (const RowDifference &difference : std::as_const(differences))
        m_counts.add(difference.kind);
    if (m_onlyDifferences)
        differences.removeIf([](const RowDifference &difference) {
            return difference.kind == RowDifference::Kind::Same;
        });
    // The next pages are under way while the receiver works.
    for (const Side side : {Side::A, Side::B}) {
        Reader &own = reader(side);
        if (!own.pending && !own.last && m_merge->waiting(side) < pageRows)
            readPage(side);
    }
    if (!differences.isEmpty())
        emit rows(differences);
    if (m_merge->isFinished()) {
        finish(TableDiffSummary{.table = *m_a.table,
                                .counts = m_counts,
                                .a = m_a.position.value_or(ReadPosition{}),
                                .b = m_b.position.value_or(ReadPosition{})});
    }
}

void TableDiff::finish(const Result<TableDiffSummary> &summary)
{
    if (std::exchange(m_finished, true))
        return;
    emit finished(summary);
}

} // namespace edgewise::replication
