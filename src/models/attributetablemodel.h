// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/populationplan.h>

#include <QAbstractTableModel>

#include <vector>

namespace edgewise::models {

/// The attributes of generated entities as an editable table with a free row at the end: name,
/// values (see attributetext.h) and how many per cent lack it. A row that cannot be read keeps its
/// text, says why, and generates nothing. GUI thread.
class AttributeTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { NameColumn, ValuesColumn, MissingColumn, ColumnCount };
    enum Role { ProblemRole = Qt::UserRole /**< QString, empty for a row that is right */ };

    explicit AttributeTableModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    /// Of the rows that are right.
    std::vector<evaluation::AttributePlan> attributes() const;
    void setAttributes(const std::vector<evaluation::AttributePlan> &attributes);
    bool hasProblems() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

signals:
    void attributesChanged();

private:
    struct Row {
        QString texts[ColumnCount];
        evaluation::AttributePlan plan; ///< where there is no problem
        QString problem;
    };
    static void read(Row &row);

    std::vector<Row> m_rows; ///< without the free one
};

} // namespace edgewise::models
