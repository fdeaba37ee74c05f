// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/namedvalues.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace edgewise::workspace {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostValues = 8; // of one property

/// Of isoneof and isnotoneof the values are a JSON array (Flipt: internal/server/evaluation).
QStringList valuesOf(const flags::Constraint &constraint)
{
    if (constraint.type == flags::BooleanConstraint)
        return {u"true"_qs, u"false"_qs};
    if (!constraint.operatorName.endsWith(u"oneof"))
        return constraint.value.isEmpty() ? QStringList{u"something"_qs}
                                          : QStringList{constraint.value};
    QStringList values;
    const QJsonArray array = QJsonDocument::fromJson(constraint.value.toUtf8()).array();
    for (const QJsonValue &value : array)
        values.append(value.toVariant().toString());
    return values;
}

} // namespace

QMap<QString, QStringList> namedValues(const flags::Namespace &nameSpace)
{
    QMap<QString, QStringList> named;
    for (const auto &segment : nameSpace.segments) {
        for (const flags::Constraint &constraint : segment->constraints) {
            if (constraint.type == flags::EntityIdConstraint || constraint.property.isEmpty())
                continue;
            QStringList &values = named[constraint.property];
            for (const QString &value : valuesOf(constraint)) {
                if (values.size() < mostValues && !values.contains(value))
                    values.append(value);
            }
        }
    }
    return named;
}

} // namespace edgewise::workspace
