// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/rowpopulation.h"

#include "evaluation/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace edgewise::evaluation {

namespace {

class RowPopulation : public Population {
    Q_DECLARE_TR_FUNCTIONS(edgewise::evaluation::Rows)

public:
    RowPopulation(std::vector<std::string> columns, RowFeed feed)
        : m_columns(std::move(columns)), m_idColumn(entityColumn(m_columns)),
          m_feed(std::move(feed))
    {
    }

    bool next(Batch &batch) override
    {
        const std::lock_guard lock(m_reading);
        batch.clear();
        batch.number = m_number;
        while (!batch.isFull() && hasRow()) {
            const PopulationRow &row = m_rows[m_place++];
            ++m_line;
            if (row.size() != m_columns.size())
                addMalformed(m_line,
                             tr("%1 fields instead of %2").arg(row.size()).arg(m_columns.size()));
            else if (!row[m_idColumn])
                addMalformed(m_line, tr("its \"%1\" is NULL").arg(fromUtf8(m_columns[m_idColumn])));
            else
                add(row, batch);
        }
        batch.seal();
        if (batch.entities().empty())
            return false;
        ++m_number;
        return true;
    }

private:
    bool hasRow()
    {
        if (m_place == m_rows.size() && !m_isDone) {
            m_rows = m_feed();
            m_place = 0;
            m_isDone = m_rows.empty();
        }
        return !m_isDone;
    }

    void add(const PopulationRow &row, Batch &batch) const
    {
        batch.addEntity(keep(*row[m_idColumn], batch));
        for (size_t i = 0; i < row.size(); ++i) {
            // The names live as long as the population, and so longer than any batch.
            if (i != m_idColumn && row[i])
                batch.addProperty(m_columns[i], keep(*row[i], batch));
        }
    }

    static std::string_view keep(const std::string &text, Batch &batch)
    {
        if (validUtf8Length(text) == text.size())
            return batch.keep(text);
        return batch.keep(withReplacements(text)); // a blob
    }

    std::mutex m_reading;
    const std::vector<std::string> m_columns;
    const size_t m_idColumn;
    const RowFeed m_feed;
    std::vector<PopulationRow> m_rows;
    size_t m_place = 0;
    bool m_isDone = false;
    qint64 m_number = 0;
    qint64 m_line = 0;
};

} // namespace

size_t entityColumn(const std::vector<std::string> &columns)
{
    for (const std::string_view name : {"entity", "id"}) {
        const auto found = std::ranges::find(columns, name);
        if (found != columns.end())
            return size_t(found - columns.begin());
    }
    return 0;
}

std::unique_ptr<Population> rowPopulation(std::vector<std::string> columns, RowFeed feed)
{
    return std::make_unique<RowPopulation>(std::move(columns), std::move(feed));
}

} // namespace edgewise::evaluation
