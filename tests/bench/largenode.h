// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <support/sqldnode.h>

#include <base/clock.h>
#include <store/connection.h>

namespace edgewise::bench {

constexpr int largeFlagCount = 10'000;

/// A real node with Flipt's schema and 10,000 flags, each with ten dependent rows.
class LargeNode {
public:
    LargeNode();

    store::Connection &connection() { return m_connection; }
    QUrl url() const { return m_node.url(); }
    const test::SqldNode &node() const { return m_node; }

private:
    void fill() const;

    test::SqldNode m_node;
    SystemClock m_clock;
    store::Connection m_connection;
};

} // namespace edgewise::bench
