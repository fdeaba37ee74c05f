// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tablerowsmodel.h"

#include <base/whenready.h>
#include <store/rowtext.h>

#include <QLocale>

namespace edgewise::models {

using namespace Qt::StringLiterals;

namespace {

constexpr int pageRows = 200;
constexpr qsizetype longestText = 300;
constexpr qsizetype longestBlob = 32; // bytes

} // namespace

QString shortCellText(const QVariant &cell)
{
    if (cell.typeId() == QMetaType::QByteArray) {
        const QByteArray blob = cell.toByteArray();
        return blob.size() <= longestBlob
                   ? store::cellText(cell)
                   : TableRowsModel::tr("%1… (%2 bytes)")
                         .arg(store::cellText(blob.first(longestBlob)).chopped(1),
                              QLocale().toString(blob.size()));
    }
    QString text = store::cellText(cell);
    if (text.size() > longestText)
        text = text.first(longestText) + u'…';
    return text.replace(u'\n', QChar(0x21b5));
}

TableRowsModel::TableRowsModel(QObject *parent) : QAbstractTableModel(parent) {}

void TableRowsModel::setTarget(store::Connection *connection, const store::TableInfo &table,
                               const QString &contains)
{
    beginResetModel();
    ++m_generation;
    m_connection = connection;
    m_table = table;
    m_contains = contains;
    m_rows.clear();
    m_isComplete = connection == nullptr;
    m_isReading = false;
    endResetModel();
    if (connection)
        fetchMore({});
    else
        emit readingChanged();
}

bool TableRowsModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_connection && !m_isComplete && !m_isReading;
}

void TableRowsModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_isReading = true;
    emit readingChanged();
    store::RowRequest request{
        .table = m_table, .after = {}, .limit = pageRows, .contains = m_contains};
    if (!m_rows.isEmpty())
        request.after = store::keyOf(m_table, m_rows.last());
    whenReady(m_connection->rows(request), this,
              [this, generation = m_generation](const Result<store::RowPage> &page) {
                  if (generation == m_generation)
                      take(page);
              });
}

void TableRowsModel::take(const Result<store::RowPage> &page)
{
    m_isReading = false;
    if (!page) {
        m_isComplete = true; // asked again with the next target
        emit failed(page.error());
    } else {
        m_isComplete = page->last;
        if (!page->rows.isEmpty()) {
            const int first = int(m_rows.size());
            beginInsertRows({}, first, first + int(page->rows.size()) - 1);
            m_rows += page->rows;
            endInsertRows();
        }
    }
    emit readingChanged();
}

int TableRowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int TableRowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_table.columns.size());
}

QVariant TableRowsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QVariant &cell = m_rows[index.row()][index.column()];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return shortCellText(cell);
    return role == Qt::EditRole ? cell : QVariant();
}

QVariant TableRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    return m_table.columns.value(section);
}

} // namespace edgewise::models
