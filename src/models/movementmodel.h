// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/populationwork.h>

#include <QAbstractTableModel>

#include <vector>

namespace edgewise::models {

/// How the entities of one flag go from answers (rows) to answers (columns); the last row and
/// column are the sums. Answers that differ in their reason alone are one. GUI thread.
class MovementModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        CountRole = Qt::UserRole, ///< qint64
        MovedRole,                ///< bool: what is served differs
        SumRole,                  ///< bool: a sum, with no entities of its own to list
        ShareRole,                ///< double, 0 to 1: of all entities of the flag
    };

    explicit MovementModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setMovement(const evaluation::FlagMovement &movement, qint64 entities);
    void clear();

    /// The cell with its answers; only where it is no sum.
    MovementCell cell(const QModelIndex &index) const;
    /// The cell of those who get another answer with most entities; invalid when nobody does.
    QModelIndex largestMove() const;
    QByteArray asCsv() const;
    QByteArray asJson() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    qint64 count(int row, int column) const;
    bool isSum(const QModelIndex &index) const;

    evaluation::FlagAddress m_flag;
    qint64 m_entities = 0;
    std::vector<evaluation::AnswerKey> m_before; ///< rows, without the sum
    std::vector<evaluation::AnswerKey> m_after;
    std::vector<std::vector<qint64>> m_counts;
};

} // namespace edgewise::models
