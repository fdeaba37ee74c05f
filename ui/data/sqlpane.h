// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <data/datasource.h>

#include <QWidget>

class QAction;
class QComboBox;
class QSplitter;
class QToolButton;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::datapage {

class ResultPane;
class SqlEditor;

/// A statement that only reads, run on one source or on two side by side.
class SqlPane : public QWidget {
    Q_OBJECT

public:
    /// `clock` must outlive the application object.
    SqlPane(const theme::Appearance &appearance, const Clock &clock, QWidget *parent = nullptr);

    void setSources(const QList<DataSource> &sources);
    void setTables(const QList<store::TableInfo> &tables);
    /// The newest first.
    void setHistory(const QStringList &statements);
    const QStringList &history() const { return m_history; }

signals:
    void historyChanged();

private:
    QWidget *makeBar(const theme::Appearance &appearance);
    void run();
    void plan();
    void cancel();
    void remember(const QString &sql);
    void chooseSources();
    void updateActions();

    const Clock &m_clock;
    QList<DataSource> m_sources;
    QStringList m_history;
    SqlEditor *m_editor;
    QComboBox *m_first;
    QComboBox *m_second; ///< its first entry is "nowhere else"
    QToolButton *m_historyButton;
    QAction *m_run;
    QAction *m_plan;
    QAction *m_cancel;
    ResultPane *m_left;
    ResultPane *m_right;
    QSplitter *m_results;
    QSplitter *m_splitter;
};

} // namespace edgewise::datapage
