// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/program.h>

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace edgewise::models {

/// What one entity gets from every flag of a namespace, in one or two states of it. Rows are
/// evaluated when they are looked at, so 10,000 flags cost what the view shows. GUI thread.
class OutcomeTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { FlagColumn, FirstColumn, SecondColumn, ColumnCount };
    enum Role {
        KeyRole = Qt::UserRole, ///< QString: the flag's key
        DiffersRole,            ///< bool: the two states serve something else
    };

    explicit OutcomeTableModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    struct Question {
        QString nameSpace;
        QString entity;
        std::vector<std::pair<QString, QString>> context;
    };
    /// `second` may be null: then there is one column of answers.
    void setQuestion(const Question &question, std::shared_ptr<const evaluation::Program> first,
                     std::shared_ptr<const evaluation::Program> second, const QString &firstName,
                     const QString &secondName);
    /// Flags that the two states serve differently. Evaluates all.
    int differenceCount() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    struct Row {
        QString key;
        mutable bool isEvaluated = false;
        mutable bool differs = false;
        mutable QString answers[2];
    };
    void evaluateRow(const Row &row) const;

    std::shared_ptr<const evaluation::Program> m_programs[2];
    QStringList m_names;
    std::string m_nameSpace; ///< texts of the question as UTF-8, which the evaluation views
    std::string m_entity;
    std::vector<std::pair<std::string, std::string>> m_context;
    std::vector<Row> m_rows;
};

} // namespace edgewise::models
