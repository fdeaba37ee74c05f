// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/rowtext.h>

#include <store/flipttables.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <cmath>

namespace edgewise::store {

using namespace Qt::StringLiterals;

namespace {

QString numberText(double number)
{
    QString text = QString::number(number, 'g', QLocale::FloatingPointShortest);
    // 5 would be read back as an integer.
    if (std::isfinite(number) && !text.contains(u'.') && !text.contains(u'e'))
        text += u".0"_qs;
    return text;
}

QString blobText(const QByteArray &blob)
{
    return u"x'"_qs + QString::fromLatin1(blob.toHex()) + u'\'';
}

QByteArray quotedForCsv(const QString &text)
{
    const bool isPlain = !text.isEmpty() && std::none_of(text.begin(), text.end(), [](QChar c) {
        return c == u',' || c == u'"' || c == u'\n' || c == u'\r';
    });
    return isPlain ? text.toUtf8()
                   : '"' + QString(text).replace(u"\""_qs, u"\"\""_qs).toUtf8() + '"';
}

QByteArray jsonValue(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.sliced(1, list.size() - 2);
}

QByteArray jsonCell(const QVariant &cell)
{
    if (cell.isNull())
        return "null";
    switch (cell.typeId()) {
    case QMetaType::QByteArray:
        return "{\"base64\":" + jsonValue(QString::fromLatin1(cell.toByteArray().toBase64())) + '}';
    case QMetaType::Double:
        return std::isfinite(cell.toDouble()) ? numberText(cell.toDouble()).toLatin1()
                                              : jsonValue(numberText(cell.toDouble()));
    case QMetaType::QString:
        return jsonValue(cell.toString());
    default:
        return QByteArray::number(cell.toLongLong());
    }
}

} // namespace

QString cellText(const QVariant &cell)
{
    if (cell.isNull())
        return u"NULL"_qs;
    switch (cell.typeId()) {
    case QMetaType::QByteArray:
        return blobText(cell.toByteArray());
    case QMetaType::Double:
        return numberText(cell.toDouble());
    default:
        return cell.toString();
    }
}

QByteArray csvLine(const QVariantList &cells)
{
    QByteArrayList fields;
    for (const QVariant &cell : cells)
        fields.append(cell.isNull() ? QByteArray() : quotedForCsv(cellText(cell)));
    return fields.join(',');
}

QByteArray csvHeader(const QStringList &columns)
{
    QByteArrayList fields;
    for (const QString &column : columns)
        fields.append(quotedForCsv(column));
    return fields.join(',');
}

QByteArray jsonRow(const QStringList &columns, const QVariantList &cells)
{
    QByteArrayList members;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const auto before = std::count(columns.begin(), columns.begin() + i, columns[i]);
        const QString name = before == 0 ? columns[i] : u"%1:%2"_qs.arg(columns[i]).arg(before + 1);
        members.append(jsonValue(name) + ':' + jsonCell(cells.value(i)));
    }
    return '{' + members.join(',') + '}';
}

QString sqlLiteral(const QVariant &cell)
{
    if (cell.isNull())
        return u"NULL"_qs;
    if (cell.typeId() == QMetaType::QString)
        return u'\'' + cell.toString().replace(u"'"_qs, u"''"_qs) + u'\'';
    if (cell.typeId() == QMetaType::Double && std::isinf(cell.toDouble()))
        return cell.toDouble() > 0 ? u"9e999"_qs : u"-9e999"_qs; // SQLite knows no other word
    return cellText(cell);
}

QByteArray insertStatement(const QString &table, const QStringList &columns,
                           const QVariantList &cells)
{
    QStringList names, values;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        names.append(quoted(columns[i]));
        values.append(sqlLiteral(cells.value(i)));
    }
    return (u"INSERT INTO "_qs + quoted(table) + u'(' + names.join(u", ") + u") VALUES("_qs
            + values.join(u", ") + u");"_qs)
        .toUtf8();
}

} // namespace edgewise::store
