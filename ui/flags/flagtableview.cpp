// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/flagtableview.h>
#include <theme/appearance.h>
#include <widgets/toggle.h>

#include <QKeyEvent>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

/// Keys are read letter by letter, so they stand in the monospaced face.
class KeyDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->font = theme::codeFont();
        option->textElideMode = Qt::ElideMiddle;
    }
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
    connect(this, &QTableView::doubleClicked, this, &FlagTableView::openRequested);
}

void FlagTableView::setColumns(QAbstractItemModel *model, int keyColumn, int enabledColumn)
{
    setModel(model);
    m_enabledColumn = enabledColumn;
    setItemDelegateForColumn(keyColumn, new KeyDelegate(this));
    setItemDelegateForColumn(enabledColumn, new widgets::ToggleDelegate(m_appearance, this));
    horizontalHeader()->resizeSection(enabledColumn, widgets::toggleSize().width() + 4 * inside);
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
