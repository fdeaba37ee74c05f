// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/text.h"

#include "changes/fields.h"

namespace edgewise::changes {

QString text(const Address &address)
{
    const QString kind(kindInfo(address.kind).label);
    const QString owner = address.nameSpace.text() + u'/' + address.owner;
    switch (address.kind) {
    case ObjectKind::Namespace:
        return u"%1 \"%2\""_qs.arg(kind, address.nameSpace.text());
    case ObjectKind::Flag:
    case ObjectKind::Segment:
        return u"%1 \"%2\""_qs.arg(kind, owner);
    case ObjectKind::Constraint:
        return u"%1 %2 of segment \"%3\""_qs.arg(kind, address.id, owner);
    default:
        return u"%1 %2 of flag \"%3\""_qs.arg(kind, address.id, owner);
    }
}

QString text(const Value &value)
{
    struct Printer {
        QString operator()(std::monostate) const { return u"none"_qs; }
        QString operator()(bool content) const { return content ? u"on"_qs : u"off"_qs; }
        QString operator()(qint64 content) const { return QString::number(content); }
        // Nine digits name every float32, which is what percentages are.
        QString operator()(double content) const { return QString::number(content, 'g', 9); }
        QString operator()(const QString &content) const { return u'"' + content + u'"'; }
        QString operator()(const QStringList &content) const
        {
            return u'[' + content.join(u", ") + u']';
        }
    };
    return std::visit(Printer(), value);
}

QString fieldLabel(ObjectKind kind, Field field)
{
    const FieldInfo *info = fieldInfo(kind, field);
    return info ? QString(info->label) : u"field %1"_qs.arg(static_cast<int>(field));
}

} // namespace edgewise::changes
