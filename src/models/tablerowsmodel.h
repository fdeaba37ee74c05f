// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/connection.h>

#include <QAbstractTableModel>

namespace edgewise::models {

/// The rows of one table in key order, read page by page as a view asks for them. GUI thread; never
/// waits.
class TableRowsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit TableRowsModel(QObject *parent = nullptr);

    /// Reads from the beginning. The connection must outlive the model or be replaced; null empties
    /// it. `contains` as in store::RowRequest.
    void setTarget(store::Connection *connection, const store::TableInfo &table,
                   const QString &contains = {});
    const store::TableInfo &table() const { return m_table; }
    const QList<QVariantList> &rows() const { return m_rows; }
    bool isComplete() const { return m_isComplete; }
    bool isReading() const { return m_isReading; }

    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

signals:
    /// Begins or ends to wait for a page.
    void readingChanged();
    void failed(const edgewise::Error &error);

private:
    void take(const Result<store::RowPage> &page);

    store::Connection *m_connection = nullptr;
    store::TableInfo m_table;
    QString m_contains;
    QList<QVariantList> m_rows;
    bool m_isComplete = true;
    bool m_isReading = false;
    int m_generation = 0; ///< of the target, to drop late answers
};

/// A cell in one line: NULL as a word, the beginning of a long text or blob with its size.
QString shortCellText(const QVariant &cell);

} // namespace edgewise::models
