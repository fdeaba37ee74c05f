// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/cells.h"

#include <cmath>
#include <cstring>

namespace edgewise::replication {

namespace {

enum class StorageClass { Null, Number, Text, Blob };

StorageClass storageClass(const QVariant &value)
{
    // A null variant is NULL, whatever its type; an empty text or blob is not.
    if (value.isNull())
        return StorageClass::Null;
    switch (value.typeId()) {
    case QMetaType::QString:
        return StorageClass::Text;
    case QMetaType::QByteArray:
        return StorageClass::Blob;
    default:
        return StorageClass::Number;
    }
}

/// Without the copy that QVariant's own functions make; of a variant of that type.
const QString &textIn(const QVariant &value)
{
    return *static_cast<const QString *>(value.constData());
}

const QByteArray &blobIn(const QVariant &value)
{
    return *static_cast<const QByteArray *>(value.constData());
}

bool isReal(const QVariant &value)
{
    return value.typeId() == QMetaType::Double;
}

std::strong_ordering compareReals(double a, double b)
{
    // The protocol turns infinities into "not a number"; SQLite itself stores none.
    if (std::isnan(a) || std::isnan(b))
        return int(std::isnan(a)) <=> int(std::isnan(b));
    return a < b ? std::strong_ordering::less
                 : (a > b ? std::strong_ordering::greater : std::strong_ordering::equal);
}

/// Exact for all 64 bits (SQLite: sqlite3IntFloatCompare in src/vdbeaux.c).
std::strong_ordering compareIntegerToReal(qint64 integer, double real)
{
    constexpr double limit = 9223372036854775808.0; // 2^63
    if (std::isnan(real) || real >= limit)
        return std::strong_ordering::less;
    if (real < -limit)
        return std::strong_ordering::greater;
    const auto whole = qint64(real); // towards zero
    if (integer != whole)
        return integer <=> whole;
    return compareReals(0.0, real - double(whole));
}

std::strong_ordering compareNumbers(const QVariant &a, const QVariant &b)
{
    if (isReal(a) && isReal(b))
        return compareReals(a.toDouble(), b.toDouble());
    if (isReal(b))
        return compareIntegerToReal(a.toLongLong(), b.toDouble());
    if (isReal(a))
        return 0 <=> compareIntegerToReal(b.toLongLong(), a.toDouble());
    return a.toLongLong() <=> b.toLongLong();
}

/// By code point, which is the order of UTF-8 bytes; that of UTF-16 units differs where surrogates
/// (U+10000 and up) meet U+E000 to U+FFFF.
std::strong_ordering compareTexts(const QString &a, const QString &b)
{
    const qsizetype size = std::min(a.size(), b.size());
    for (qsizetype i = 0; i < size; ++i) {
        const QChar left = a[i];
        const QChar right = b[i];
        if (left == right)
            continue;
        if (left.isSurrogate() != right.isSurrogate())
            return left.isSurrogate() ? std::strong_ordering::greater : std::strong_ordering::less;
        return left.unicode() <=> right.unicode();
    }
    return a.size() <=> b.size();
}

std::strong_ordering compareBlobs(const QByteArray &a, const QByteArray &b)
{
    const int order =
        std::memcmp(a.constData(), b.constData(), size_t(std::min(a.size(), b.size())));
    return order != 0 ? order <=> 0 : a.size() <=> b.size();
}

} // namespace

std::strong_ordering compareCells(const QVariant &a, const QVariant &b)
{
    const StorageClass classA = storageClass(a);
    const StorageClass classB = storageClass(b);
    if (classA != classB)
        return classA <=> classB;
    switch (classA) {
    case StorageClass::Null:
        return std::strong_ordering::equal;
    case StorageClass::Number:
        return compareNumbers(a, b);
    case StorageClass::Text:
        return compareTexts(textIn(a), textIn(b));
    case StorageClass::Blob:
        return compareBlobs(blobIn(a), blobIn(b));
    }
    Q_UNREACHABLE();
}

bool isSameCell(const QVariant &a, const QVariant &b)
{
    if (storageClass(a) == StorageClass::Text && storageClass(b) == StorageClass::Text)
        return textIn(a) == textIn(b); // which of them comes first costs more to know
    return (storageClass(a) != StorageClass::Number || isReal(a) == isReal(b))
           && compareCells(a, b) == std::strong_ordering::equal;
}

std::strong_ordering compareRows(const QVariantList &a, const QVariantList &b)
{
    for (qsizetype i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (const auto order = compareCells(a[i], b[i]); order != std::strong_ordering::equal)
            return order;
    }
    return a.size() <=> b.size();
}

} // namespace edgewise::replication
