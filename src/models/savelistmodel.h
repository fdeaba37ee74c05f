// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/journal.h>

#include <QAbstractTableModel>

namespace edgewise::models {

/// What was saved, the newest first: when, by whom, why, what, and how long it took to the edge.
/// GUI thread.
class SaveListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { TimeColumn, AuthorColumn, ReasonColumn, ObjectsColumn, EdgeColumn, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole, ///< qint64, of the journal
        StateRole,             ///< int, store::JournalSummary::State
        SearchRole,            ///< QString: everything that a filter looks at
    };

    explicit SaveListModel(QObject *parent = nullptr);

    void setEntries(QList<store::JournalEntry> entries);
    /// At the end: older ones.
    void addEntry(const store::JournalEntry &entry);
    void clear();
    const store::JournalEntry &entry(int row) const { return m_entries.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QList<store::JournalEntry> m_entries;
};

/// The flags, segments and namespaces that the changes touch, each once: "flag quiet-hours".
QStringList objectNames(const changes::ChangeSet &changes);

} // namespace edgewise::models
