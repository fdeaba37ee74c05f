// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <data/datasource.h>
#include <models/sqlresultmodel.h>
#include <store/sqlconsole.h>

#include <QWidget>

class QLabel;
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

/// What one source answers to a statement: rows, a plan, or why there are none.
class ResultPane : public QWidget {
    Q_OBJECT

public:
    /// `name` begins the object names; `clock` must outlive the application object.
    ResultPane(const theme::Appearance &appearance, const QString &name, const Clock &clock,
               QWidget *parent = nullptr);
    ~ResultPane() override;

    void setSource(const DataSource &source);
    void run(const QString &sql);
    void plan(const QString &sql);
    void cancel();
    bool isBusy() const { return m_isBusy; }
    models::SqlResultModel &model() { return m_model; }

signals:
    void busyChanged();

private:
    void begin(const QString &what);
    void end();
    void show(const Result<store::SqlTable> &table);
    void showPlan(const Result<QStringList> &steps);
    void showError(const Error &error);
    void setWidths();

    const Clock &m_clock;
    std::unique_ptr<store::SqlConsole> m_console;
    QString m_name;
    models::SqlResultModel m_model;
    bool m_isBusy = false;
    int m_generation = 0; ///< of the statement, to drop late answers
    QLabel *m_title;
    QLabel *m_summary;
    widgets::BusyIndicator *m_busy;
    widgets::MessageBar *m_message;
    ExportButton *m_export;
    QTableView *m_table;
};

} // namespace edgewise::datapage
