// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <window/palettemodel.h>

#include <algorithm>

namespace edgewise::window {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostListed = 60;
} // namespace

PaletteModel::PaletteModel(const theme::Appearance &appearance, QObject *parent)
    : QAbstractListModel(parent), m_appearance(appearance)
{
}

void PaletteModel::setEntries(QList<PaletteEntry> entries)
{
    std::stable_sort(
        entries.begin(), entries.end(),
        [](const PaletteEntry &a, const PaletteEntry &b) { return a.score < b.score; });
    if (entries.size() > mostListed)
        entries.resize(mostListed);
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PaletteEntry &entry = m_entries.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case Qt::DecorationRole:
        return m_appearance.icon(entry.iconName);
    case Qt::AccessibleTextRole:
        return entry.detail.isEmpty() ? entry.title : entry.title + u", "_qs + entry.detail;
    case DetailRole:
        return entry.detail;
    case KeysRole:
        return entry.keys;
    default:
        return {};
    }
}

} // namespace edgewise::window
