// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/flagtablelooks.h>
#include <flags/values.h>
#include <models/flagtablemodel.h>

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using models::FlagTableModel;

namespace {

constexpr qint64 second = 1'000'000'000;

QString typeWord(int type)
{
    switch (type) {
    case flags::VariantFlag:
        return FlagTableLooks::tr("variant");
    case flags::BooleanFlag:
        return FlagTableLooks::tr("boolean");
    default:
        return FlagTableLooks::tr("type %1").arg(type);
    }
}

std::optional<int> timeRoleOf(int column)
{
    if (column == FlagTableModel::UpdatedColumn)
        return FlagTableModel::UpdatedRole;
    if (column == FlagTableModel::CreatedColumn)
        return FlagTableModel::CreatedRole;
    return std::nullopt;
}

/// The local time, and the same in UTC.
QString exactTime(qint64 moment)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(moment / 1'000'000);
    return QLocale().toString(time, QLocale::LongFormat) + u'\n'
           + time.toUTC().toString(Qt::ISODateWithMs);
}

} // namespace

QString ageInWords(qint64 moment, qint64 now)
{
    const qint64 seconds = (now - moment) / second;
    const QLocale locale;
    if (seconds < -60)
        return u"—"_qs;
    if (seconds < 60)
        return FlagTableLooks::tr("now");
    if (seconds < 3600)
        return FlagTableLooks::tr("%1 min").arg(locale.toString(seconds / 60));
    if (seconds < 86'400)
        return FlagTableLooks::tr("%1 h").arg(locale.toString(seconds / 3600));
    return FlagTableLooks::tr("%1 d").arg(locale.toString(seconds / 86'400));
}

void FlagTableLooks::setReadOnly(bool readOnly)
{
    if (readOnly == m_readOnly)
        return;
    m_readOnly = readOnly;
    if (rowCount() > 0)
        emit dataChanged(index(0, FlagTableModel::EnabledColumn),
                         index(rowCount() - 1, FlagTableModel::EnabledColumn));
}

QVariant FlagTableLooks::data(const QModelIndex &index, int role) const
{
    const auto raw = [&](int rawRole) { return QIdentityProxyModel::data(index, rawRole); };
    const int column = index.column();
    if (role == Qt::DisplayRole) {
        if (column == FlagTableModel::TypeColumn)
            return typeWord(raw(FlagTableModel::TypeRole).toInt());
        if (column == FlagTableModel::EnabledColumn)
            return {};
        if (const std::optional<int> timeRole = timeRoleOf(column)) {
            const QVariant moment = raw(*timeRole);
            return moment.isValid() ? ageInWords(moment.toLongLong(),
                                                 QDateTime::currentMSecsSinceEpoch() * 1'000'000)
                                    : u"—"_qs;
        }
        if (column == FlagTableModel::DescriptionColumn) // of several lines, maybe
            return raw(role).toString().left(500).simplified();
    }
    if (role == Qt::CheckStateRole && column == FlagTableModel::EnabledColumn)
        return raw(FlagTableModel::EnabledRole).toBool() ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::ToolTipRole) {
        if (const std::optional<int> timeRole = timeRoleOf(column)) {
            const QVariant moment = raw(*timeRole);
            return moment.isValid() ? exactTime(moment.toLongLong()) : QVariant();
        }
        if (column == FlagTableModel::KeyColumn || column == FlagTableModel::NameColumn
            || column == FlagTableModel::DescriptionColumn)
            return raw(Qt::DisplayRole).toString().left(500);
    }
    if (role == Qt::TextAlignmentRole && column == FlagTableModel::RulesColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::AccessibleTextRole && column == FlagTableModel::EnabledColumn)
        return raw(FlagTableModel::EnabledRole).toBool() ? tr("enabled") : tr("disabled");
    return raw(role);
}

QVariant FlagTableLooks::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && section == FlagTableModel::RulesColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    return QIdentityProxyModel::headerData(section, orientation, role);
}

bool FlagTableLooks::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || index.column() != FlagTableModel::EnabledColumn || m_readOnly)
        return false;
    emit turned(index.data(FlagTableModel::KeyRole).toString(), value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags FlagTableLooks::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags base = QIdentityProxyModel::flags(index);
    return index.column() == FlagTableModel::EnabledColumn && !m_readOnly
               ? base | Qt::ItemIsUserCheckable
               : base;
}

} // namespace edgewise::flagspage
