// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/text.h"

#include "changes/fields.h"
#include "changes/naming.h"

#include <flags/percentage.h>

#include <algorithm>
#include <tuple>

namespace edgewise::changes {

namespace {

QChar sign(Change::Kind kind)
{
    switch (kind) {
    case Change::Kind::Add:
        return u'+';
    case Change::Kind::Remove:
        return u'-';
    case Change::Kind::Modify:
        return u'~';
    }
    return u'~';
}

/// Whether a new object's content is worth a line: not what is empty or the writer's own.
bool saysSomething(Field field, const Value &value)
{
    if (field == Field::Created || field == Field::Updated || field == Field::StateModified)
        return false;
    const QString *content = std::get_if<QString>(&value);
    return !std::holds_alternative<std::monostate>(value) && !(content && content->isEmpty());
}

QString fieldLine(const Change &change, Field field, const Change::Pair &pair, const Naming &naming)
{
    const auto say = [&](const Value &value) { return naming.value(change.address, field, value); };
    const QString label = u"    " + fieldLabel(change.address.kind, field) + u": ";
    switch (change.kind) {
    case Change::Kind::Add:
        return label + say(pair.after);
    case Change::Kind::Remove:
        return label + say(pair.before);
    case Change::Kind::Modify:
        break;
    }
    return label + say(pair.before) + u" → " + say(pair.after);
}

} // namespace

QString text(const Address &address)
{
    const QString kind(kindInfo(address.kind).label);
    const QString owner = address.nameSpace.text() + u'/' + address.owner;
    if (address.orphan) {
        const bool isOwner =
            address.kind == ObjectKind::Flag || address.kind == ObjectKind::Segment;
        const QString named = address.parent.isEmpty() ? owner : address.parent;
        const QString of = isOwner         ? u"\"%1\""_qs.arg(owner)
                           : named == u"/" ? address.id
                                           : u"%1 of \"%2\""_qs.arg(address.id, named);
        return u"orphaned %1 %2"_qs.arg(kind, of);
    }
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
        QString operator()(double content) const { return flags::percentageText(content); }
        QString operator()(const QString &content) const { return u'"' + content + u'"'; }
        QString operator()(const QStringList &content) const
        {
            return u'[' + content.join(u", ") + u']';
        }
    };
    return std::visit(Printer(), value);
}

QStringList text(const ChangeSet &changes, const flags::Snapshot &before,
                 const flags::Snapshot &after)
{
    const Naming naming(before, after);
    std::vector<const Change *> grouped;
    for (const Change &change : changes.changes)
        grouped.push_back(&change);
    std::ranges::stable_sort(grouped, [](const Change *a, const Change *b) {
        return std::tie(a->address.nameSpace, a->address.owner)
               < std::tie(b->address.nameSpace, b->address.owner);
    });
    QStringList lines;
    for (const Change *change : grouped) {
        lines.append(sign(change->kind) + u' ' + naming.path(change->address));
        for (const auto &[field, pair] : change->fields) {
            const Value &content = change->kind == Change::Kind::Remove ? pair.before : pair.after;
            if (change->kind == Change::Kind::Modify || saysSomething(field, content))
                lines.append(fieldLine(*change, field, pair, naming));
        }
        if (change->kind == Change::Kind::Modify && change->positionBefore && change->positionAfter)
            lines.append(u"    place: %1 → %2"_qs.arg(*change->positionBefore + 1)
                             .arg(*change->positionAfter + 1));
    }
    return lines;
}

QString fieldLabel(ObjectKind kind, Field field)
{
    const FieldInfo *info = fieldInfo(kind, field);
    return info ? QString(info->label) : u"field %1"_qs.arg(static_cast<int>(field));
}

} // namespace edgewise::changes
