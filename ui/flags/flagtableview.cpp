// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/flagtableview.h>
#include <models/flagtablemodel.h>
#include <theme/appearance.h>
#include <widgets/differencedelegate.h>
#include <widgets/toggle.h>

#include <QKeyEvent>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int leastForTexts = 260; ///< for key and name together

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
    connect(this, &QTableView::doubleClicked, this, &FlagTableView::openRequested);
}

void FlagTableView::setColumns(QAbstractItemModel *model, int keyColumn, int enabledColumn)
{
    setModel(model);
    m_enabledColumn = enabledColumn;
    using models::FlagTableModel;
    setItemDelegateForColumn(keyColumn, new KeyDelegate(m_appearance, this));
    setItemDelegateForColumn(enabledColumn, new widgets::ToggleDelegate(m_appearance, this));
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        // The last one is stretched by the header itself.
        if (!m_isFitting
            && horizontalHeader()->visualIndex(column) + 1 < horizontalHeader()->count())
            m_isArranged = true;
    });
    horizontalHeader()->resizeSection(FlagTableModel::KeyColumn, 200);
    horizontalHeader()->resizeSection(FlagTableModel::NameColumn, 160);
    m_isArranged = false;
    fitColumns();
}

void FlagTableView::fitColumns()
{
    using models::FlagTableModel;
    if (!model())
        return;
    const std::pair<int, int> rest[] = {{FlagTableModel::RulesColumn, 54},
                                        {FlagTableModel::TypeColumn, 72},
                                        {FlagTableModel::UpdatedColumn, 80},
                                        {FlagTableModel::EnabledColumn, 52}};
    int room = viewport()->width();
    for (const auto &[column, width] : rest)
        room -= width;
    m_isFitting = true;
    // Key, name and switch come first: where there is little room, others make way.
    for (const auto &[column, width] : rest) {
        const bool hidden = room < leastForTexts && column != FlagTableModel::EnabledColumn;
        if (hidden)
            room += width;
        setColumnHidden(column, hidden);
        if (!m_isArranged)
            horizontalHeader()->resizeSection(column, width);
    }
    // The two texts share what is left in the proportion that they have.
    const int key = columnWidth(FlagTableModel::KeyColumn);
    const int texts = key + columnWidth(FlagTableModel::NameColumn);
    if (room > 0 && texts > 0 && (texts > room || !m_isArranged)) {
        const int share = room * key / texts;
        horizontalHeader()->resizeSection(FlagTableModel::KeyColumn, share);
        horizontalHeader()->resizeSection(FlagTableModel::NameColumn, room - share);
    }
    m_isFitting = false;
}

void FlagTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
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
