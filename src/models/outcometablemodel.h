// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/program.h>
#include <evaluation/progress.h>
#include <evaluation/simulate.h>

#include <QAbstractTableModel>

#include <memory>
#include <utility>
#include <vector>

namespace edgewise::models {

/// What one entity gets from one flag, in one or two states.
struct FlagOutcome {
    QString key;
    QString answers[2];           ///< the second is empty where there is one state
    bool differs = false;         ///< the two states serve something else
    evaluation::AnswerKey newest; ///< of the second state where there are two

    friend bool operator==(const FlagOutcome &, const FlagOutcome &) = default;
};

/// One entity's question to all flags of a namespace.
struct OutcomeQuestion {
    QString nameSpace;
    QString entity;
    std::vector<std::pair<QString, QString>> context;

    friend bool operator==(const OutcomeQuestion &, const OutcomeQuestion &) = default;
};

/// Flags of the newer state in its order, then those that only the older one has. `second` may be
/// null. Pure; any thread. Stops early, with what it has, once it is cancelled.
std::vector<FlagOutcome> outcomes(const OutcomeQuestion &question,
                                  const std::shared_ptr<const evaluation::Program> &first,
                                  const std::shared_ptr<const evaluation::Program> &second,
                                  const evaluation::Progress &progress);

/// What one entity gets from every flag of a namespace, in one or two states of it. GUI thread.
class OutcomeTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { FlagColumn, FirstColumn, SecondColumn, ColumnCount };
    enum Role {
        KeyRole = Qt::UserRole, ///< QString: the flag's key
        DiffersRole,            ///< bool: the two states serve something else
    };

    explicit OutcomeTableModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    /// The names head the columns; an empty second one means one state.
    void setOutcomes(std::vector<FlagOutcome> outcomes, const QString &firstName,
                     const QString &secondName);
    /// Flags that the two states serve differently.
    int differenceCount() const;
    bool hasTwoStates() const { return m_names.size() > 1; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    QStringList m_names;
    std::vector<FlagOutcome> m_rows;
};

} // namespace edgewise::models
