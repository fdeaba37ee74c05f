// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIdentityProxyModel>

namespace edgewise::flagspage {

/// How the rows of models::FlagTableModel look: words for types, a switch for the state, times as
/// people say them. Turning the switch changes nothing here; it is told, and the draft answers.
class FlagTableLooks : public QIdentityProxyModel {
    Q_OBJECT

public:
    using QIdentityProxyModel::QIdentityProxyModel;

    void setReadOnly(bool readOnly);

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void turned(const QString &key, bool on);

private:
    bool m_readOnly = false;
};

/// "now", "5 min", "2 h", "3 d": how long ago, in the largest unit that fits. "—" for the future
/// beyond a minute, which is a clock that is wrong. Both are nanoseconds since 1970.
QString ageInWords(qint64 moment, qint64 now);

} // namespace edgewise::flagspage
