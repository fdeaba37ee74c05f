// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <evaluation/expectations.h>
#include <models/expectationtablemodel.h>
#include <models/latestjob.h>

#include <QFileSystemWatcher>
#include <QWidget>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

class EmptyState;

/// A file of golden expectations and whether a state of the flags meets them; live, on both sides:
/// it runs again when the file or the state changes. GUI thread.
class ExpectationView : public QWidget {
    Q_OBJECT

public:
    explicit ExpectationView(const theme::Appearance &appearance, QWidget *parent = nullptr);
    ~ExpectationView() override;

    /// What is asked, and what it is called; null while it is not known.
    void setState(const std::shared_ptr<const evaluation::Program> &program, const QString &name);
    void setFile(const QString &path);
    const QString &file() const { return m_file; }
    /// "12 of 14 expectations are met by Draft."
    QString sentence() const;
    /// What is shown holds of the file and the state as they were given last.
    bool isAnswered() const { return m_isAnswered; }
    /// All are met, and every line of the file could be read.
    bool areMet() const { return m_finding.isEmpty(); }
    /// What is wrong, to go on a sentence: "2 of 14 expectations are not met"; empty if they are.
    const QString &finding() const { return m_finding; }

signals:
    void answered();
    void fileChanged(const QString &path);
    /// Somebody wants to see how this answer comes about.
    void expectationChosen(const edgewise::evaluation::Expectation &expectation);

private:
    void run();
    void take(const Result<std::vector<models::ExpectationRow>> &rows);

    const theme::Appearance &m_appearance;
    QString m_file;
    std::shared_ptr<const evaluation::Program> m_program;
    QString m_name;
    bool m_isAnswered = false;
    QString m_finding;
    QFileSystemWatcher m_watcher;
    models::LatestJob<Result<std::vector<models::ExpectationRow>>> m_job;

    QAction *m_open;
    QLabel *m_summary;
    QLabel *m_path;
    QPushButton *m_openButton;
    QTableView *m_table;
    models::ExpectationTableModel *m_model;
    EmptyState *m_empty;
};

} // namespace edgewise::widgets
