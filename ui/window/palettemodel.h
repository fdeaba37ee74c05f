// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <window/palette.h>

#include <QAbstractListModel>

namespace edgewise::window {

/// What the palette lists, the best first.
class PaletteModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { DetailRole = Qt::UserRole, KeysRole };

    PaletteModel(const theme::Appearance &appearance, QObject *parent);

    /// Sorts them, keeping the order of those that fit equally well, and drops all beyond sixty.
    void setEntries(QList<PaletteEntry> entries);
    const PaletteEntry &entry(int row) const { return m_entries.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    const theme::Appearance &m_appearance;
    QList<PaletteEntry> m_entries;
};

} // namespace edgewise::window
