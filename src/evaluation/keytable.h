// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/sametext.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace edgewise::evaluation {

/// Positions by key for a vector that somebody else holds, built at once and never changed. Of
/// equal keys the first position is found. One array without pointers: a fifth of a node-based
/// map's time to build.
class KeyTable {
public:
    /// `keyAt(position)` gives the key of each position below `count`.
    template <typename KeyAt>
    KeyTable(size_t count, KeyAt keyAt) : m_entries(std::bit_ceil(count * 2 + 1))
    {
        for (size_t position = 0; position < count; ++position) {
            const std::uint32_t hash = hashOf(keyAt(position));
            size_t at = hash & (m_entries.size() - 1);
            while (m_entries[at].place != 0)
                at = (at + 1) & (m_entries.size() - 1);
            m_entries[at] = {hash, std::uint32_t(position + 1)};
        }
    }

    /// The position of `key`, or -1.
    template <typename KeyAt>
    int find(std::string_view key, KeyAt keyAt) const
    {
        const std::uint32_t hash = hashOf(key);
        size_t at = hash & (m_entries.size() - 1);
        for (; m_entries[at].place != 0; at = (at + 1) & (m_entries.size() - 1)) {
            const Entry &entry = m_entries[at];
            if (entry.hash == hash && sameText(keyAt(size_t(entry.place - 1)), key))
                return int(entry.place - 1);
        }
        return -1;
    }

private:
    struct Entry {
        std::uint32_t hash = 0;
        std::uint32_t place = 0; ///< position + 1; 0 is free
    };

    /// Eight bytes at a time, inline: the library's hash takes three times as long for short keys.
    static std::uint32_t hashOf(std::string_view key)
    {
        std::uint64_t hash = key.size() * 0x9E3779B97F4A7C15ULL;
        const auto mix = [&](std::uint64_t word) {
            hash = (hash ^ word) * 0xBF58476D1CE4E5B9ULL;
            hash ^= hash >> 32;
        };
        for (; key.size() >= sizeof(std::uint64_t); key.remove_prefix(sizeof(std::uint64_t))) {
            std::uint64_t word = 0;
            std::memcpy(&word, key.data(), sizeof word);
            mix(word);
        }
        std::uint64_t rest = 0;
        for (const char c : key)
            rest = rest << 8 | static_cast<unsigned char>(c);
        mix(rest);
        return std::uint32_t(hash);
    }

    std::vector<Entry> m_entries; ///< a power of two, at most half full
};

} // namespace edgewise::evaluation
