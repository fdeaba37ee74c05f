// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// The order in which the rows of Flipt's tables are read.
namespace edgewise::flags {

/// What SQLite sorts a row by: a time column holds text or, because of its NUMERIC affinity, a
/// number; numbers come first, text compares by bytes, the row number breaks ties.
struct RowPlace {
    bool isText = false;
    double number = 0;
    QString text;
    qint64 row = 0;
};

/// The place of a created_at that a snapshot holds, which is text even where a number is stored.
RowPlace placeOfTime(const QString &time, qint64 row);

/// Bytewise order of the texts' UTF-8, which QString's own order is not beyond U+D7FF.
int compareBytes(QStringView a, QStringView b);
bool precedes(const RowPlace &a, const RowPlace &b);
/// The times alone: negative, zero or positive.
int compareTimes(const RowPlace &a, const RowPlace &b);

} // namespace edgewise::flags
