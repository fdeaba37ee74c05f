// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/order.h"

#include <algorithm>

namespace edgewise::changes {

std::vector<bool> movedElements(const std::vector<Placed> &elements)
{
    std::vector<size_t> byBefore(elements.size());
    for (size_t i = 0; i < byBefore.size(); ++i)
        byBefore[i] = i;
    std::ranges::sort(byBefore, {}, [&](size_t i) { return elements[i].before; });

    // Level of an element: length of the longest chain, growing in both orders, that ends in it.
    // tails[n] is the smallest place in the later order among the ends of chains of length n + 1.
    std::vector<int> tails;
    std::vector<std::vector<size_t>> levels;
    for (const size_t i : byBefore) {
        const auto place = std::ranges::lower_bound(tails, elements[i].after);
        const auto level = static_cast<size_t>(place - tails.begin());
        if (place == tails.end()) {
            tails.push_back(elements[i].after);
            levels.emplace_back();
        } else {
            *place = elements[i].after;
        }
        levels[level].push_back(i);
    }

    std::vector<bool> moved(elements.size(), true);
    const Placed *next = nullptr;
    for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
        const Placed *chosen = nullptr;
        for (const size_t i : *level) {
            const Placed &candidate = elements[i];
            const bool precedes =
                !next || (candidate.before < next->before && candidate.after < next->after);
            if (precedes && (!chosen || candidate.identity < chosen->identity))
                chosen = &candidate;
        }
        Q_ASSERT(chosen);
        moved[static_cast<size_t>(chosen - elements.data())] = false;
        next = chosen;
    }
    return moved;
}

} // namespace edgewise::changes
