// SPDX-License-Identifier: GPL-3.0-or-later
#include "changetext.h"

#include <changes/json.h>
#include <changes/text.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace edgewise::cli {

namespace {

QString changeText(const changes::Change &change)
{
    const QString object = changes::text(change.address);
    if (change.kind == changes::Change::Kind::Remove)
        return QStringLiteral("- ") + object;
    const bool added = change.kind == changes::Change::Kind::Add;
    QStringList fields;
    for (const auto &[field, pair] : change.fields) {
        const bool isTime = field == changes::Field::Created || field == changes::Field::Updated
                            || field == changes::Field::StateModified;
        const bool isEmpty =
            pair.after == changes::Value() || pair.after == changes::Value(QString());
        if (isTime || (added && isEmpty)) // new objects say what they have, not what they lack
            continue;
        const QString label = changes::fieldLabel(change.address.kind, field);
        const QString after = changes::text(pair.after);
        fields.append(
            added ? QStringLiteral("%1 %2").arg(label, after)
                  : QStringLiteral("%1 %2 -> %3").arg(label, changes::text(pair.before), after));
    }
    if (!added && change.positionBefore != change.positionAfter && change.positionAfter)
        fields.append(QStringLiteral("place %1 -> %2")
                          .arg(change.positionBefore.value_or(0) + 1)
                          .arg(*change.positionAfter + 1));
    QString text = (added ? QStringLiteral("+ ") : QStringLiteral("~ ")) + object;
    if (!fields.isEmpty())
        text += QStringLiteral(": ") + fields.join(QStringLiteral(", "));
    return text;
}

} // namespace

QList<QByteArray> changeLines(const changes::ChangeSet &changes)
{
    QList<QByteArray> lines;
    for (const changes::Change &change : changes.changes) {
        QString text = changeText(change);
        text.replace(u'\n', u' ')
            .replace(u'\r', u' '); // a name may hold breaks; a change is a line
        lines.append(text.toUtf8());
    }
    return lines;
}

QList<QByteArray> changeJsonLines(const changes::ChangeSet &changes)
{
    const QJsonDocument file = QJsonDocument::fromJson(changes::toJson(changes));
    QList<QByteArray> lines;
    for (const QJsonValue &change : file[QStringLiteral("changes")].toArray())
        lines.append(QJsonDocument(change.toObject()).toJson(QJsonDocument::Compact));
    return lines;
}

} // namespace edgewise::cli
