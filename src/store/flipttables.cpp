// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/flipttables.h>

namespace edgewise::store {

using namespace Qt::StringLiterals;

namespace {

struct Description {
    const char *name;
    const char *columns;
};

constexpr std::array<Description, tableCount> descriptions = {{
    {"namespaces", "key name description protected state_modified_at created_at updated_at"},
    {"segments", "namespace_key key name description match_type created_at updated_at"},
    {"constraints", "id namespace_key segment_key type property operator value description "
                    "created_at updated_at"},
    {"flags", "namespace_key key name description enabled type default_variant_id metadata "
              "created_at updated_at"},
    {"variants", "id namespace_key flag_key key name description attachment created_at updated_at"},
    {"rules", "id namespace_key flag_key rank segment_operator created_at updated_at"},
    {"rule_segments", "rule_id namespace_key segment_key"},
    {"distributions", "id rule_id variant_id rollout created_at updated_at"},
    {"rollouts", "id namespace_key flag_key type description rank created_at updated_at"},
    {"rollout_thresholds", "id rollout_id percentage value"},
    {"rollout_segments", "id rollout_id value segment_operator"},
    {"rollout_segment_references", "rollout_segment_id namespace_key segment_key"},
}};

} // namespace

QString tableName(Table table)
{
    return QString::fromLatin1(descriptions[size_t(table)].name);
}

QStringList tableColumns(Table table)
{
    return QString::fromLatin1(descriptions[size_t(table)].columns).split(u' ');
}

QString quoted(const QString &identifier)
{
    QString doubled = identifier;
    doubled.replace(u'"', u"\"\""_qs);
    return u'"' + doubled + u'"';
}

} // namespace edgewise::store
