// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// Draws a ShareTreeModel: groups as headings with their verdict, and in the bar column the actual
/// share in the variant's colour, the interval as a whisker over it, the configured share as a
/// mark that reaches over the bar.
class ShareBarDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit ShareBarDelegate(const theme::Appearance &appearance, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    void paintBar(QPainter &painter, const QRectF &track, const QModelIndex &index) const;

    const theme::Appearance &m_appearance;
};

} // namespace edgewise::widgets
