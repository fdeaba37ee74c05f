// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>

#include <optional>

namespace edgewise::hrana {

/// The pauses before a request that may be repeated is sent again. Each is drawn at random from the
/// upper half of a span that doubles, so that clients whom one fault has met do not return at once.
class Backoff {
public:
    /// `repeats` pauses in all.
    explicit Backoff(int repeats, quint32 seed = QRandomGenerator::global()->generate())
        : m_left(repeats), m_random(seed)
    {
    }

    /// Milliseconds to wait, at most `longestPause`; nothing when it has been tried often enough.
    std::optional<int> next()
    {
        if (m_left-- <= 0)
            return std::nullopt;
        const int span = m_span;
        m_span = qMin(m_span * 2, longestPause);
        return span / 2 + int(m_random.bounded(quint32(span - span / 2 + 1)));
    }

    static constexpr int firstPause = 50;
    static constexpr int longestPause = 1000;

private:
    int m_left;
    int m_span = firstPause;
    QRandomGenerator m_random;
};

} // namespace edgewise::hrana
