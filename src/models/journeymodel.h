// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <workspace/journeylog.h>

#include <QAbstractTableModel>

namespace edgewise::models {

/// The saves on their way to the edge, the newest first. GUI thread.
class JourneyModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { TimeColumn, ChangeColumn, ArrivalsColumn, WaterfallColumn, ColumnCount };
    enum Role { JourneyRole = Qt::UserRole }; ///< workspace::Journey

    explicit JourneyModel(QObject *parent = nullptr);

    /// The log must outlive the model or be replaced before it goes; null empties it.
    void setLog(const workspace::JourneyLog *log);
    const QList<workspace::Journey> &journeys() const;
    const workspace::Journey &journey(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    void addNewest();
    void change(qint64 id);

    const workspace::JourneyLog *m_log = nullptr;
    int m_rows = 0;
};

/// "replica-1 3.2 ms · flipt-one 12 ms", with ≤ where the time is no more than a bound, and what
/// has not arrived as "—".
QString arrivalsText(const workspace::Journey &journey);

} // namespace edgewise::models

Q_DECLARE_METATYPE(edgewise::workspace::Journey)
