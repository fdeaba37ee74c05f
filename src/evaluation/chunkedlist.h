// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <iterator>
#include <memory>
#include <vector>

namespace edgewise::evaluation {

/// A vector whose copies share all elements but those of the chunks that are written to: copying
/// ten thousand shared pointers costs ten thousand cache misses for their counts, copying a list of
/// their chunks some hundred. A copy is a value like any other; writing to one that another thread
/// reads is as wrong as for a vector.
template <typename T>
class ChunkedList {
public:
    static constexpr size_t chunkSize = 64;

    class Iterator {
    public:
        using iterator_concept = std::forward_iterator_tag;
        using iterator_category = std::forward_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T *;
        using reference = const T &;

        Iterator() = default;
        Iterator(const ChunkedList *list, size_t position) : m_list(list), m_position(position) {}
        reference operator*() const { return (*m_list)[m_position]; }
        pointer operator->() const { return &(*m_list)[m_position]; }
        Iterator &operator++()
        {
            ++m_position;
            return *this;
        }
        Iterator operator++(int)
        {
            const Iterator before = *this;
            ++m_position;
            return before;
        }
        friend bool operator==(const Iterator &, const Iterator &) = default;

    private:
        const ChunkedList *m_list = nullptr;
        size_t m_position = 0;
    };

    size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    const T &operator[](size_t position) const
    {
        return (*m_chunks[position / chunkSize])[position % chunkSize];
    }
    const T &back() const { return (*this)[m_size - 1]; }
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, m_size}; }

    void append(T value)
    {
        if (m_size % chunkSize == 0)
            m_chunks.push_back(std::make_shared<Chunk>());
        ownChunk(m_chunks.size() - 1).push_back(std::move(value));
        ++m_size;
    }
    void replace(size_t position, T value)
    {
        ownChunk(position / chunkSize)[position % chunkSize] = std::move(value);
    }

private:
    using Chunk = std::vector<T>;

    /// This list's alone, so that it can be written to.
    Chunk &ownChunk(size_t chunk)
    {
        if (m_chunks[chunk].use_count() > 1)
            m_chunks[chunk] = std::make_shared<Chunk>(*m_chunks[chunk]);
        return *m_chunks[chunk];
    }

    std::vector<std::shared_ptr<Chunk>> m_chunks;
    size_t m_size = 0;
};

} // namespace edgewise::evaluation
