// SPDX-License-Identifier: GPL-3.0-or-later
#include "largenode.h"

namespace edgewise::bench {

using namespace Qt::StringLiterals;

LargeNode::LargeNode()
    : m_connection(*store::Source::parse(m_node.url().toString()),
                   {.token = {}, .readOnly = false, .deadlineMilliseconds = 60'000}, m_clock)
{
    const Result<void> done = m_connection.initialise().takeResult();
    if (!done)
        qFatal("%s", qPrintable(done.error().detail));
    fill();
}

/// By the server itself, from small statements: in rows like those of Flipt.
void LargeNode::fill() const
{
    const QString numbers = u"with recursive n(i) as (select 0 union all select i+1 from n "
                            "where i < %1) "_qs;
    const QString times = u"'2026-11-24 21:30:33.469495+00:00', "
                          "'2026-11-24 21:30:33.469495+00:00' from n"_qs;
    const QString flags = numbers.arg(largeFlagCount - 1);
    const auto each = [&](int count) { return numbers.arg(count * largeFlagCount - 1); };
    m_node.execute(
        {u"insert into segments(key, name, description, created_at, updated_at) "_qs
             + numbers.arg(largeFlagCount / 2 - 1)
             + u"select 'segment-' || i, 'Segment ' || i, '', "_qs + times,
         u"insert into constraints(id, segment_key, type, property, operator, value, "
         "description, created_at, updated_at) "_qs
             + each(1)
             + u"select printf('c0000000-0000-4000-8000-%012d', i), 'segment-' || (i / 2), 1, "
               "'country', 'eq', 'value ' || i, '', "_qs
             + times,
         u"insert into flags(key, name, description, enabled, created_at, updated_at) "_qs + flags
             + u"select 'flag-' || i, 'Flag ' || i, 'What it is for', 1, "_qs + times,
         u"insert into variants(id, flag_key, key, name, description, created_at, "
         "updated_at) "_qs
             + each(3)
             + u"select printf('a0000000-0000-4000-8000-%012d', i), 'flag-' || (i / 3), 'v' || "
               "(i % 3), '', '', "_qs
             + times,
         u"insert into rules(id, flag_key, rank, created_at, updated_at) "_qs + each(2)
             + u"select printf('b0000000-0000-4000-8000-%012d', i), 'flag-' || (i / 2), i % 2 "
               u"+ "
               "1, "_qs
             + times,
         u"insert into rule_segments(rule_id, namespace_key, segment_key) "_qs + each(2)
             + u"select printf('b0000000-0000-4000-8000-%012d', i), 'default', 'segment-' || "
               "(i % 5000) from n"_qs,
         u"insert into distributions(id, rule_id, variant_id, rollout, created_at, "
         "updated_at) "_qs
             + each(2)
             + u"select printf('d0000000-0000-4000-8000-%012d', i), "
               "printf('b0000000-0000-4000-8000-%012d', i), "
               "printf('a0000000-0000-4000-8000-%012d', i / 2 * 3 + i % 2), 50, "_qs
             + times});
}

} // namespace edgewise::bench
