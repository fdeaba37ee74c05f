// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace edgewise::segmentspage {

/// How the rows of models::SegmentTableModel look, filtered by words that must all occur somewhere
/// in the segment, its constraints included.
class SegmentTableLooks : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit SegmentTableLooks(QObject *parent = nullptr);

    void setWords(const QString &text);

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
};

} // namespace edgewise::segmentspage
