// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QVariantList>

/// Rows as text for other programs: exact, so that each value can be read back.
namespace edgewise::store {

/// Comma separated as RFC 4180 says, without the line break. NULL is empty, an empty text is "",
/// a blob is x'…' in hexadecimal digits.
QByteArray csvLine(const QVariantList &cells);
QByteArray csvHeader(const QStringList &columns);

/// One JSON object without line breaks. A blob is {"base64":…}; of columns with the same name the
/// later ones get a number, "id:2".
QByteArray jsonRow(const QStringList &columns, const QVariantList &cells);

/// INSERT INTO "table"("a", …) VALUES(…); without the line break.
QByteArray insertStatement(const QString &table, const QStringList &columns,
                           const QVariantList &cells);

/// A value as SQL writes it: NULL, 'it''s', x'00', 1.5.
QString sqlLiteral(const QVariant &cell);

/// For people: NULL as a word, a blob in hexadecimal digits, numbers that read back as they are.
QString cellText(const QVariant &cell);

} // namespace edgewise::store
