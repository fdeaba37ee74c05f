// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/latestjob.h>
#include <models/populationwork.h>

#include <QWidget>

class QSplitter;
class QStandardItemModel;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::models {
class CellTableModel;
class MovementModel;
} // namespace edgewise::models

namespace edgewise::widgets {

class JobLine;

/// Who is served something else: for each flag the answers before against those after as a matrix,
/// and for a cell of it the entities behind it. Works on another thread, only while it is visible;
/// a newer question cancels the older. GUI thread.
class WhoMoves : public QWidget {
    Q_OBJECT

public:
    struct Question {
        models::ProgramPointer before; ///< both or neither are null; null shows nothing
        models::ProgramPointer after;
        std::vector<evaluation::FlagAddress> flags; ///< none: all that differ
        models::PopulationSource population;
    };

    explicit WhoMoves(const theme::Appearance &appearance, QWidget *parent = nullptr);
    ~WhoMoves() override;

    void setQuestion(const Question &question);
    /// What stands there while there is no question.
    void setHint(const QString &sentence);
    /// "1,012 of 10,000 entities get another answer."
    QString sentence() const;
    bool isRunning() const { return m_movement.isRunning(); }

    /// To a file: all moves, and the matrix; enabled when there is something.
    QList<QAction *> actions() const { return {m_exportMoves, m_exportMatrix}; }

signals:
    /// The newest question is answered, or could not be.
    void answered();
    /// Somebody wants to know about this entity.
    void entityChosen(const edgewise::evaluation::FlagAddress &flag, const QString &entity);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void createActions();
    QWidget *createMatrix();
    QWidget *createEntities();
    void run();
    void take(const Result<models::MovementAnswer> &answer);
    void showFlag(int flag);
    void listCell(const QModelIndex &index);
    void listEntities(const Result<std::vector<models::CellEntity>> &found, qint64 count,
                      const QString &what);
    void exportMoves(const QString &file);
    void exportMatrix(const QString &file);

    const theme::Appearance &m_appearance;
    Question m_question;
    QString m_hint;
    bool m_isStale = false;
    models::LatestJob<Result<models::MovementAnswer>> m_movement;
    models::LatestJob<Result<std::vector<models::CellEntity>>> m_listing;
    models::LatestJob<Result<qint64>> m_export;
    evaluation::Movement m_answer;
    int m_shownFlag = -1;

    QAction *m_exportMoves;
    QAction *m_exportMatrix;
    QLabel *m_summary;
    JobLine *m_progress;
    QSplitter *m_splitter;
    QTableView *m_flagView;
    QStandardItemModel *m_flags;
    QTableView *m_matrix;
    models::MovementModel *m_cells;
    QLabel *m_caption;
    QTableView *m_entityView;
    models::CellTableModel *m_entities;
    QLabel *m_trouble;
};

} // namespace edgewise::widgets
