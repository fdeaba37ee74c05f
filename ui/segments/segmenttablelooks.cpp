// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/segmenttablemodel.h>
#include <segments/segmenttablelooks.h>
#include <theme/theme.h>

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace edgewise::segmentspage {

using namespace Qt::StringLiterals;
using models::SegmentTableModel;

SegmentTableLooks::SegmentTableLooks(QObject *parent) : QSortFilterProxyModel(parent)
{
    setSortRole(SegmentTableModel::SortRole);
    setDynamicSortFilter(true);
}

void SegmentTableLooks::setWords(const QString &text)
{
    m_words = text.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool SegmentTableLooks::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_words.isEmpty())
        return true;
    const QString text = sourceModel()
                             ->index(row, 0, parent)
                             .data(SegmentTableModel::TextRole)
                             .toString()
                             .toCaseFolded();
    return std::ranges::all_of(m_words, [&](const QString &word) { return text.contains(word); });
}

QVariant SegmentTableLooks::data(const QModelIndex &index, int role) const
{
    const auto raw = [&](int rawRole) { return QSortFilterProxyModel::data(index, rawRole); };
    const int column = index.column();
    if (role == Qt::DisplayRole && column == SegmentTableModel::KeyColumn) {
        switch (static_cast<SegmentTableModel::Mark>(raw(SegmentTableModel::MarkRole).toInt())) {
        case SegmentTableModel::Mark::Added:
            return QString(u"+ "_qs + raw(role).toString());
        case SegmentTableModel::Mark::Changed:
            return QString(u"~ "_qs + raw(role).toString());
        case SegmentTableModel::Mark::Unchanged:
            return raw(role);
        }
    }
    if (role == Qt::DisplayRole && column == SegmentTableModel::UpdatedColumn) {
        const QVariant moment = raw(SegmentTableModel::UpdatedRole);
        return moment.isValid() ? QLocale().toString(
                   QDateTime::fromMSecsSinceEpoch(moment.toLongLong() / 1'000'000),
                   QLocale::ShortFormat)
                                : u"—"_qs;
    }
    if (role == Qt::FontRole && column == SegmentTableModel::KeyColumn)
        return theme::codeFont();
    if (role == Qt::ToolTipRole)
        return raw(Qt::DisplayRole).toString().left(500);
    if (role == Qt::TextAlignmentRole
        && (column == SegmentTableModel::ConstraintsColumn
            || column == SegmentTableModel::UsesColumn))
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    return raw(role);
}

} // namespace edgewise::segmentspage
