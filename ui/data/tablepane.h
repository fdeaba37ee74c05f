// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/tablerowsmodel.h>

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;
class QTableView;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class BusyIndicator;
class MessageBar;
} // namespace edgewise::widgets

namespace edgewise::datapage {

class ExportButton;

/// The tables of one database, and the rows of the chosen one, read page by page.
class TablePane : public QWidget {
    Q_OBJECT

public:
    explicit TablePane(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// Reads the tables anew. The connection must outlive the pane or be replaced; null empties it.
    void setConnection(store::Connection *connection);
    /// Looks which tables there are; where they are the same, what is shown stays.
    void refresh();
    /// Reads tables and rows anew.
    void reload();
    models::TableRowsModel &model() { return m_model; }

signals:
    void tablesRead(const QList<edgewise::store::TableInfo> &tables);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showTables(const QList<store::TableInfo> &tables);
    void showRows();
    void showCount();
    void setWidths();
    void showError(const QString &what, const Error &error);

    store::Connection *m_connection = nullptr;
    QList<store::TableInfo> m_tables;
    models::TableRowsModel m_model;
    QTimer m_delay; ///< until the filter is typed
    int m_generation = 0;
    bool m_hasWidths = false;
    QListWidget *m_list;
    QLineEdit *m_filter;
    QLabel *m_count;
    widgets::BusyIndicator *m_busy;
    widgets::MessageBar *m_message;
    ExportButton *m_export;
    QTableView *m_view;
};

} // namespace edgewise::datapage
