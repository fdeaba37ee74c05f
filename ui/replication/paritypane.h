// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <workspace/parity.h>

#include <QWidget>

class QLabel;
class QPushButton;
class QStandardItemModel;
class QTableView;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class BusyIndicator;
}

namespace edgewise::replicationpage {

/// The same requests put to the engine here, on the primary and on each Flipt's own database, and
/// to the Flipts themselves; each mismatch with what explains it.
class ParityPane : public QWidget {
    Q_OBJECT

public:
    struct Job {
        std::unique_ptr<workspace::ParityRun> run; ///< not started
        QStringList flipts;                        ///< names of its edges
    };
    /// Makes a run of the Flipts that are open; null when there is none. Without lines the requests
    /// are made of the flags.
    using Make = std::function<Job(std::vector<QByteArray> lines)>;

    explicit ParityPane(const theme::Appearance &appearance, QWidget *parent = nullptr);
    ~ParityPane() override;

    void setMake(Make make);
    /// Puts these lines (evaluation's JSON Lines) in place of made up ones; as the file button
    /// does.
    void askFile(const QString &path);

private:
    void ask(std::vector<QByteArray> lines);
    void chooseFile();
    void stop();
    void add(const workspace::ParityMismatch &mismatch);
    void finish(const Result<workspace::ParityReport> &report);
    QString summary(const workspace::ParityReport &report) const;
    void copySelection();

    const theme::Appearance &m_appearance;
    Make m_make;
    Job m_job;
    std::vector<QMap<workspace::MismatchCause, int>> m_causes; ///< of each Flipt
    QPushButton *m_ask;
    QPushButton *m_file;
    widgets::BusyIndicator *m_busy;
    QLabel *m_sentence;
    QStandardItemModel *m_model;
    QTableView *m_table;
};

/// "lag", "cache", "version rule", "bug here": the word for people.
QString mismatchCauseWord(workspace::MismatchCause cause);
/// "one-page (match)", "true (threshold)", "404 …": an answer in a few words.
QString replyText(const flipt::Reply &reply);

} // namespace edgewise::replicationpage
