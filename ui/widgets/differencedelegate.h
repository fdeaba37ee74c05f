// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

#include <functional>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// How a row or cell differs from what it is held against.
enum class Difference { None, Added, Removed, Changed };

/// "+", "−", "~" or nothing.
QString differenceSign(Difference difference);

/// Draws a difference the same way on every page: the ground tells the kind, the sign in the gutter
/// of the first column repeats it, a cell that itself differs is outlined as well.
class DifferenceDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    struct Look {
        Difference row = Difference::None;
        bool cellDiffers = false;
        /// On its way rather than wrong: another sign in the gutter, a dashed outline.
        bool inFlight = false;
        /// It has just arrived: 1 at that moment, fading to 0.
        double arrived = 0;
    };
    using LookOf = std::function<Look(const QModelIndex &)>;

    /// `lookOf` is called while painting, so it must be quick.
    DifferenceDelegate(const theme::Appearance &appearance, LookOf lookOf,
                       QObject *parent = nullptr);

    /// The column with the sign; -1 for none.
    void setGutterColumn(int column) { m_gutterColumn = column; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

private:
    const theme::Appearance &m_appearance;
    LookOf m_lookOf;
    int m_gutterColumn = 0;
};

} // namespace edgewise::widgets
