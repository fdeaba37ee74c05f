// SPDX-License-Identifier: GPL-3.0-or-later
#include "rowdiff.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace edgewise::cli {

namespace {

using replication::RowDifference;

QJsonValue cellJson(const QVariant &cell)
{
    if (cell.isNull())
        return QJsonValue::Null;
    switch (cell.typeId()) {
    case QMetaType::QByteArray:
        return QJsonObject{
            {QStringLiteral("base64"), QString::fromLatin1(cell.toByteArray().toBase64())}};
    case QMetaType::Double:
        return cell.toDouble();
    case QMetaType::QString:
        return cell.toString();
    default:
        return cell.toLongLong();
    }
}

QString cellText(const QVariant &cell)
{
    if (cell.isNull())
        return QStringLiteral("NULL");
    switch (cell.typeId()) {
    case QMetaType::QByteArray:
        return QStringLiteral("x'%1'").arg(QString::fromLatin1(cell.toByteArray().toHex()));
    case QMetaType::Double:
        return QString::number(cell.toDouble(), 'g', QLocale::FloatingPointShortest);
    case QMetaType::QString: {
        // As JSON, so that line breaks and quotes cannot be taken for the frame around them.
        const QByteArray list =
            QJsonDocument(QJsonArray{cell.toString()}).toJson(QJsonDocument::Compact);
        return QString::fromUtf8(list.sliced(1, list.size() - 2));
    }
    default:
        return cell.toString();
    }
}

const char *kindName(RowDifference::Kind kind)
{
    switch (kind) {
    case RowDifference::Kind::Same:
        return "same";
    case RowDifference::Kind::Changed:
        return "changed";
    case RowDifference::Kind::OnlyA:
        return "only-a";
    case RowDifference::Kind::OnlyB:
        return "only-b";
    }
    return "";
}

QJsonObject rowJson(const store::TableInfo &table, const QVariantList &row)
{
    QJsonObject object;
    for (qsizetype i = 0; i < row.size(); ++i)
        object[table.columns[i]] = cellJson(row[i]);
    return object;
}

} // namespace

QByteArray rowDifferenceJson(const store::TableInfo &table, const RowDifference &difference)
{
    QJsonObject object{{QStringLiteral("table"), table.name},
                       {QStringLiteral("kind"), QLatin1StringView(kindName(difference.kind))}};
    if (difference.kind != RowDifference::Kind::OnlyB)
        object[QStringLiteral("a")] = rowJson(table, difference.a);
    if (difference.kind != RowDifference::Kind::OnlyA)
        object[QStringLiteral("b")] = rowJson(table, difference.b);
    if (difference.kind == RowDifference::Kind::Changed) {
        QJsonArray changed;
        for (const int column : difference.changed)
            changed.append(table.columns[column]);
        object[QStringLiteral("changed")] = changed;
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray rowDifferenceText(const store::TableInfo &table, const RowDifference &difference)
{
    const bool onlyB = difference.kind == RowDifference::Kind::OnlyB;
    const QVariantList &row = onlyB ? difference.b : difference.a;
    QStringList parts;
    for (const QString &column : table.key.isEmpty() ? table.columns : table.key)
        parts.append(column + u'=' + cellText(row.value(table.columns.indexOf(column))));
    QString text = table.name + u' ' + parts.join(u' ');
    if (difference.kind == RowDifference::Kind::Changed) {
        QStringList cells;
        for (const int column : difference.changed)
            cells.append(table.columns[column] + u' ' + cellText(difference.a.value(column))
                         + QStringLiteral(" -> ") + cellText(difference.b.value(column)));
        text += QStringLiteral(": ") + cells.join(QStringLiteral(", "));
    } else {
        text += onlyB ? QStringLiteral(": only in B") : QStringLiteral(": only in A");
    }
    return text.toUtf8();
}

} // namespace edgewise::cli
