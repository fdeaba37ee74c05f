// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QString>

#include <compare>
#include <functional>

namespace edgewise {

/// A text that names one kind of thing, so that a flag's key cannot be taken for a segment's.
/// Holds whatever a database holds, empty and faulty texts included; flags::validate judges it.
template <typename Tag>
class Key {
public:
    Key() = default;
    explicit Key(QString text) : m_text(std::move(text)) {}

    const QString &text() const { return m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }

    friend bool operator==(const Key &a, const Key &b) { return a.m_text == b.m_text; }
    friend std::strong_ordering operator<=>(const Key &a, const Key &b)
    {
        const int order = QString::compare(a.m_text, b.m_text);
        return order <=> 0;
    }
    friend size_t qHash(const Key &key, size_t seed = 0) { return qHash(key.m_text, seed); }

private:
    QString m_text;
};

using NamespaceKey = Key<struct NamespaceKeyTag>;
using FlagKey = Key<struct FlagKeyTag>;
using SegmentKey = Key<struct SegmentKeyTag>;
using VariantId = Key<struct VariantIdTag>;
using ConstraintId = Key<struct ConstraintIdTag>;
using RuleId = Key<struct RuleIdTag>;
using DistributionId = Key<struct DistributionIdTag>;
using RolloutId = Key<struct RolloutIdTag>;
/// Of the row in rollout_thresholds or rollout_segments that belongs to a rollout.
using RolloutPartId = Key<struct RolloutPartIdTag>;

} // namespace edgewise

template <typename Tag>
struct std::hash<edgewise::Key<Tag>> {
    size_t operator()(const edgewise::Key<Tag> &key) const noexcept { return qHash(key.text()); }
};
