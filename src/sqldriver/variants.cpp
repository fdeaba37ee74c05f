// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/variants.h"

#include <QDateTime>
#include <QUuid>

#include <cmath>
#include <limits>

namespace edgewise::sqldriver {

using namespace Qt::StringLiterals;

namespace {

Error refuseArgument(const QString &detail)
{
    return Error{.kind = Error::Kind::Input, .step = u"binding an argument"_qs, .detail = detail};
}

/// A variant that is not null may hold a value that is.
bool holdsNull(const QVariant &variant)
{
    switch (variant.typeId()) {
    case QMetaType::QDate:
        return variant.toDate().isNull();
    case QMetaType::QTime:
        return variant.toTime().isNull();
    case QMetaType::QDateTime:
        return variant.toDateTime().isNull();
    case QMetaType::QUuid:
        return variant.toUuid().isNull();
    default:
        return variant.isNull();
    }
}

} // namespace

Result<hrana::Value> toValue(const QVariant &variant)
{
    using hrana::Value;
    if (!variant.isValid() || holdsNull(variant))
        return Value(hrana::Null());
    switch (variant.typeId()) {
    case QMetaType::Bool:
        return Value(qint64(variant.toBool() ? 1 : 0));
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Char:
    case QMetaType::SChar:
    case QMetaType::UChar:
    case QMetaType::Long:
    case QMetaType::LongLong:
        return Value(variant.toLongLong());
    case QMetaType::ULong:
    case QMetaType::ULongLong: {
        const qulonglong number = variant.toULongLong();
        if (number > qulonglong(std::numeric_limits<qint64>::max()))
            return refuseArgument(u"%1 does not fit into a 64-bit integer."_qs.arg(number));
        return Value(qint64(number));
    }
    case QMetaType::Float:
    case QMetaType::Double: {
        const double number = variant.toDouble();
        if (std::isnan(number)) // as SQLite does
            return Value(hrana::Null());
        if (std::isinf(number))
            return refuseArgument(
                u"An infinity cannot be bound: write 9e999 into the statement."_qs);
        return Value(number);
    }
    case QMetaType::QByteArray: {
        const QByteArray bytes = variant.toByteArray();
        return bytes.isNull() ? Value(hrana::Null()) : Value(bytes);
    }
    case QMetaType::QDateTime:
        return Value(variant.toDateTime().toString(Qt::ISODateWithMs));
    case QMetaType::QTime:
        return Value(variant.toTime().toString(u"hh:mm:ss.zzz"));
    case QMetaType::QUuid:
        return Value(variant.toUuid().toString(QUuid::WithoutBraces));
    default:
        break;
    }
    if (!variant.canConvert<QString>())
        return refuseArgument(
            u"A %1 cannot be stored."_qs.arg(QLatin1StringView(variant.typeName())));
    const QString text = variant.toString();
    return text.isNull() ? Value(hrana::Null()) : Value(text);
}

QVariant toVariant(const hrana::Value &value, QMetaType type, QSql::NumericalPrecisionPolicy policy)
{
    if (const auto *text = std::get_if<QString>(&value))
        return *text;
    if (const auto *integer = std::get_if<qint64>(&value))
        return qlonglong(*integer);
    if (const auto *number = std::get_if<double>(&value)) {
        if (policy == QSql::LowPrecisionInt32)
            return int(*number);
        if (policy == QSql::LowPrecisionInt64)
            return qlonglong(*number);
        return *number;
    }
    if (const auto *blob = std::get_if<QByteArray>(&value))
        return *blob;
    return QVariant(type.isValid() ? type : QMetaType::fromType<QString>());
}

QMetaType typeOf(const QString &declaredType)
{
    if (declaredType.isEmpty())
        return {};
    // As QSQLITE tells types, but integers stay 64-bit.
    QString name = declaredType.toLower();
    if (const qsizetype length = name.indexOf(u'('); length >= 0)
        name = name.first(length).trimmed();
    if (name.contains(u"int"))
        return QMetaType::fromType<qlonglong>();
    if (name == u"double" || name == u"double precision" || name == u"float" || name == u"real"
        || name == u"numeric" || name == u"decimal")
        return QMetaType::fromType<double>();
    if (name == u"blob")
        return QMetaType::fromType<QByteArray>();
    if (name == u"boolean" || name == u"bool")
        return QMetaType::fromType<bool>();
    return QMetaType::fromType<QString>();
}

QMetaType typeOf(const hrana::Value &value)
{
    switch (value.index()) {
    case 1:
        return QMetaType::fromType<qlonglong>();
    case 2:
        return QMetaType::fromType<double>();
    case 3:
        return QMetaType::fromType<QString>();
    case 4:
        return QMetaType::fromType<QByteArray>();
    default:
        return {};
    }
}

} // namespace edgewise::sqldriver
