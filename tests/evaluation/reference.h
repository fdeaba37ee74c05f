// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QJsonObject>
#include <QMap>

namespace edgewise::test {

struct Question {
    QString kind; ///< variant, boolean or batch (one of a batch: whichever the flag is)
    QString nameSpace;
    QString flag;
    QString entity;
    QMap<QString, QString> context;
};

/// {"status":…,"response":…} for one question, worked out the slow and obvious way, straight from
/// the values, with regular expressions and Qt's parsers: it shares nothing with the engine that it
/// is held against. Of a status of 500 there is no response.
QJsonObject referenceAnswer(const flags::Snapshot &snapshot, const Question &question);
QJsonObject referenceBatch(const flags::Snapshot &snapshot, const QList<Question> &questions);

} // namespace edgewise::test
