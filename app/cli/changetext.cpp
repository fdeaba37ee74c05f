// SPDX-License-Identifier: GPL-3.0-or-later
#include "changetext.h"

#include <changes/json.h>
#include <changes/text.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace edgewise::cli {

QList<QByteArray> changeLines(const changes::ChangeSet &changes, const flags::Snapshot &before,
                              const flags::Snapshot &after)
{
    QList<QByteArray> lines;
    for (QString line : changes::text(changes, before, after)) {
        line.replace(u'\n', u' ').replace(u'\r', u' '); // a value may hold breaks of its own
        lines.append(line.toUtf8());
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
