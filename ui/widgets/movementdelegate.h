// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// Draws the cells of a MovementModel: those who stay pale, those who move on the ground of a
/// change with its sign, and sums apart.
class MovementDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit MovementDelegate(const theme::Appearance &appearance, QObject *parent = nullptr);

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    const theme::Appearance &m_appearance;
};

} // namespace edgewise::widgets
