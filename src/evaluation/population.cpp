// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/population.h"

#include <cstring>

namespace edgewise::evaluation {

namespace {

constexpr size_t blockSize = 256 * 1024;
constexpr size_t listedRows = 20;

} // namespace

void Batch::clear()
{
    m_entities.clear();
    m_starts.clear();
    m_properties.clear();
    // What one batch with huge texts needed is not kept for all that follow.
    if (m_blocks.size() > 16) {
        m_blocks.resize(1);
        m_blockSizes.resize(1);
    }
    m_block = 0;
    m_used = 0;
    m_textSize = 0;
}

std::string_view Batch::keep(std::string_view text)
{
    while (m_block < m_blocks.size() && m_used + text.size() > m_blockSizes[m_block]) {
        ++m_block;
        m_used = 0;
    }
    if (m_block == m_blocks.size()) {
        const size_t size = std::max(blockSize, text.size());
        m_blocks.push_back(std::make_unique_for_overwrite<char[]>(size));
        m_blockSizes.push_back(size);
    }
    char *start = m_blocks[m_block].get() + m_used;
    if (!text.empty())
        std::memcpy(start, text.data(), text.size());
    m_used += text.size();
    m_textSize += text.size();
    return {start, text.size()};
}

void Batch::addEntity(std::string_view id)
{
    m_entities.push_back({id, {}});
    m_starts.push_back(m_properties.size());
}

void Batch::addProperty(std::string_view name, std::string_view value)
{
    m_properties.push_back({name, value});
}

void Batch::seal()
{
    const std::span<const Property> properties(m_properties);
    for (size_t i = 0; i < m_entities.size(); ++i) {
        const size_t end = i + 1 < m_starts.size() ? m_starts[i + 1] : m_properties.size();
        m_entities[i].context = properties.subspan(m_starts[i], end - m_starts[i]);
    }
}

qint64 Population::malformedCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_malformed;
}

std::vector<MalformedRow> Population::malformedRows() const
{
    const std::lock_guard lock(m_mutex);
    return m_rows;
}

void Population::addMalformed(qint64 line, const QString &problem)
{
    const std::lock_guard lock(m_mutex);
    ++m_malformed;
    if (m_rows.size() < listedRows)
        m_rows.push_back({line, problem});
}

} // namespace edgewise::evaluation
