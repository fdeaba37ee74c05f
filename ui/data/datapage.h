// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <data/datasource.h>

#include <QWidget>

class QComboBox;
class QTabWidget;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class MessageBar;
}

namespace edgewise::datapage {

class SqlPane;
class TablePane;

/// The rows of any node, file or data directory, and SQL that only reads. Nothing is ever written
/// from here: every connection is read-only.
class DataPage : public QWidget {
    Q_OBJECT

public:
    /// `clock` must outlive the application object: connections end on its thread pool.
    DataPage(const theme::Appearance &appearance, const Clock &clock, QWidget *parent = nullptr);
    ~DataPage() override;

    void setSources(const QList<DataSource> &sources);
    /// One more, as a person gave it: a node's URL, a SQLite file, an sqld data directory.
    void addSource(const QString &address);
    SqlPane *sql() const { return m_sql; }
    TablePane *tables() const { return m_tables; }

private:
    void chooseSource();
    void chooseDirectory();
    void chooseFile();

    const theme::Appearance &m_appearance;
    const Clock &m_clock;
    QList<DataSource> m_sources;
    std::unique_ptr<store::Connection> m_connection;
    QComboBox *m_chooser;
    widgets::MessageBar *m_message;
    QTabWidget *m_tabs;
    TablePane *m_tables;
    SqlPane *m_sql;
};

} // namespace edgewise::datapage
