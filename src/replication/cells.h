// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QVariant>

#include <compare>

/// Values of SQLite as the driver gives them (null, qlonglong, double, QString, QByteArray), in
/// the order in which SQLite sorts them (https://www.sqlite.org/datatype3.html §4.1): NULL, then
/// numbers by value, then texts by the bytes of their UTF-8, then blobs by their bytes.
namespace edgewise::replication {

std::strong_ordering compareCells(const QVariant &a, const QVariant &b);

/// True for the same value of the same storage class: the integer 1 and the real 1.0 sort alike
/// and are not the same.
bool isSameCell(const QVariant &a, const QVariant &b);

std::strong_ordering compareRows(const QVariantList &a, const QVariantList &b);

} // namespace edgewise::replication
