// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/flagcolumns.h>
#include <flags/flagtableview.h>
#include <models/flagtablemodel.h>
#include <theme/appearance.h>
#include <widgets/differencedelegate.h>
#include <widgets/toggle.h>

#include <QKeyEvent>
#include <QMenu>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

/// Keys are read letter by letter, so they stand in the monospaced face; before them the sign of
/// what the draft did to the flag.
class KeyDelegate : public QStyledItemDelegate {
public:
    KeyDelegate(const theme::Appearance &appearance, QObject *parent)
        : QStyledItemDelegate(parent), m_appearance(appearance)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        QStyleOptionViewItem cell(option);
        cell.rect.setLeft(option.rect.left() + between);
        QStyleOptionViewItem gutter(option);
        initStyleOption(&gutter, index);
        gutter.rect.setRight(cell.rect.left());
        gutter.text.clear();
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &gutter, painter,
                                            option.widget);
        QStyledItemDelegate::paint(painter, cell, index);
        painter->save();
        painter->setFont(theme::codeFont());
        painter->setPen(m_appearance.tokens().accent);
        painter->drawText(gutter.rect, Qt::AlignCenter,
                          widgets::differenceSign(differenceOf(index)));
        painter->restore();
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->font = theme::codeFont();
        option->textElideMode = Qt::ElideMiddle;
    }

private:
    static widgets::Difference differenceOf(const QModelIndex &index)
    {
        using models::FlagTableModel;
        switch (static_cast<FlagTableModel::Mark>(index.data(FlagTableModel::MarkRole).toInt())) {
        case FlagTableModel::Mark::Unchanged:
            return widgets::Difference::None;
        case FlagTableModel::Mark::Added:
            return widgets::Difference::Added;
        case FlagTableModel::Mark::Changed:
            return widgets::Difference::Changed;
        }
        return widgets::Difference::None;
    }

    const theme::Appearance &m_appearance;
};

} // namespace

FlagTableView::FlagTableView(const theme::Appearance &appearance, QWidget *parent)
    : QTableView(parent), m_appearance(appearance)
{
    setObjectName(u"flagTable"_qs);
    setAccessibleName(tr("Flags"));
    setSelectionBehavior(SelectRows);
    setShowGrid(false);
    setWordWrap(false);
    setSortingEnabled(true);
    // Flipt's own order until a title is clicked.
    horizontalHeader()->setSortIndicatorClearable(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(row);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this,
            [this](const QPoint &place) {
                if (!m_columns)
                    return;
                QMenu *menu = m_columns->makeMenu(this);
                menu->setAttribute(Qt::WA_DeleteOnClose);
                menu->popup(horizontalHeader()->viewport()->mapToGlobal(place));
            });
    connect(this, &QTableView::doubleClicked, this, &FlagTableView::openRequested);
}

void FlagTableView::setColumns(QAbstractItemModel *model, int keyColumn, int enabledColumn)
{
    setModel(model);
    m_enabledColumn = enabledColumn;
    setItemDelegateForColumn(keyColumn, new KeyDelegate(m_appearance, this));
    setItemDelegateForColumn(enabledColumn, new widgets::ToggleDelegate(m_appearance, this));
    m_columns = new FlagColumns(*this, this);
}

void FlagTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_columns)
        m_columns->fit();
}

void FlagTableView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        emit openRequested();
        return;
    }
    if (event->key() == Qt::Key_Space && current.isValid() && m_enabledColumn >= 0) {
        const QModelIndex cell = current.siblingAtColumn(m_enabledColumn);
        if (cell.flags().testFlag(Qt::ItemIsUserCheckable)) {
            const bool on = cell.data(Qt::CheckStateRole).toInt() == Qt::Checked;
            model()->setData(cell, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
        }
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace edgewise::flagspage
