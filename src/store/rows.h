// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>
#include <QVariantList>

#include <optional>

/// Rows of any table, for the side by side view and the Data page.
namespace edgewise::store {

struct TableInfo {
    QString name;
    QStringList columns;
    /// What orders and identifies a row: the primary key, else the first unique index, else empty
    /// (then the rows are ordered by all columns).
    QStringList key;
    friend bool operator==(const TableInfo &, const TableInfo &) = default;
};

/// A page in key order, after the row whose key is given (keyset, never OFFSET).
struct RowRequest {
    TableInfo table;
    QVariantList after; ///< key of the last row seen; empty for the first page
    int limit = 1000;
    /// Only rows of which some column holds this text, letters of ASCII in either case; empty: all.
    QString contains = {};
};

struct RowPage {
    QList<QVariantList> rows; ///< columns of the request's table, in its order
    bool last = true;         ///< no row follows
    std::optional<quint64> replicationIndex;
};

/// The key of a row of the table, to ask for the page after it.
QVariantList keyOf(const TableInfo &table, const QVariantList &row);

/// Columns that no grid, difference, export or log may show
/// ("authentications".hashed_client_token); a page holds a fixed text in their place.
bool isSecretColumn(const QString &table, const QString &column);

} // namespace edgewise::store
