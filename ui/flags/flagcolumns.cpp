// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/flagcolumns.h>
#include <models/flagtablemodel.h>

#include <QHeaderView>
#include <QMenu>
#include <QTableView>

#include <algorithm>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using models::FlagTableModel;

namespace {

constexpr int leastForTexts = 260; ///< for key and name together

struct FlagColumn {
    int column;
    QLatin1StringView name; ///< in the settings
    int width;              ///< of texts in proportion to each other
    bool isText = false;
    bool isUsual = true;
};

/// In the order in which they make way, the last one never.
constexpr FlagColumn flagColumns[] = {
    {FlagTableModel::DescriptionColumn, "description"_L1, 200, true, false},
    {FlagTableModel::CreatedColumn, "created"_L1, 80, false, false},
    {FlagTableModel::RulesColumn, "rules"_L1, 54},
    {FlagTableModel::TypeColumn, "type"_L1, 72},
    {FlagTableModel::UpdatedColumn, "changed"_L1, 80},
    {FlagTableModel::NameColumn, "name"_L1, 160, true},
    {FlagTableModel::EnabledColumn, "on"_L1, 52},
};
constexpr int keyWidth = 240;

QList<int> usualColumns()
{
    QList<int> columns;
    for (const FlagColumn &each : flagColumns)
        if (each.isUsual)
            columns.append(each.column);
    return columns;
}

} // namespace

FlagColumns::FlagColumns(QTableView &table, QObject *parent)
    : QObject(parent), m_table(table), m_shown(usualColumns())
{
    QHeaderView *header = table.horizontalHeader();
    header->resizeSection(FlagTableModel::KeyColumn, keyWidth);
    for (const FlagColumn &each : flagColumns)
        header->resizeSection(each.column, each.width);
    // What a flag is called and is for stand together.
    header->moveSection(header->visualIndex(FlagTableModel::DescriptionColumn),
                        header->visualIndex(FlagTableModel::NameColumn) + 1);
    connect(header, &QHeaderView::sectionResized, this, [this, header](int column) {
        // The last one is stretched by the header itself.
        if (!m_isFitting && !header->isSectionHidden(column)
            && header->visualIndex(column) + 1 < header->count())
            m_isArranged = true;
    });
    fit();
}

bool FlagColumns::isUsual() const
{
    const QList<int> usual = usualColumns();
    return std::ranges::is_permutation(m_shown, usual);
}

void FlagColumns::setChosen(const QStringList &names)
{
    m_shown.clear();
    for (const FlagColumn &each : flagColumns)
        if (names.contains(each.name))
            m_shown.append(each.column);
    if (m_shown.isEmpty())
        m_shown = usualColumns();
    fit();
}

QStringList FlagColumns::chosen() const
{
    QStringList names;
    for (const FlagColumn &each : flagColumns)
        if (isShown(each.column))
            names.append(each.name);
    return isUsual() ? QStringList() : names;
}

void FlagColumns::choose(int column, bool isWanted)
{
    m_shown.removeAll(column);
    if (isWanted)
        m_shown.append(column);
    if (m_shown.isEmpty()) // as setChosen() would take it
        m_shown = usualColumns();
    fit();
    emit chosenChanged(chosen());
}

QMenu *FlagColumns::makeMenu(QWidget *parent)
{
    auto *menu = new QMenu(tr("Columns"), parent);
    for (int place = 0; place < m_table.horizontalHeader()->count(); ++place) {
        const int column = m_table.horizontalHeader()->logicalIndex(place);
        if (column == FlagTableModel::KeyColumn)
            continue;
        QAction *action =
            menu->addAction(m_table.model()->headerData(column, Qt::Horizontal).toString());
        action->setObjectName(u"column%1"_qs.arg(column));
        action->setCheckable(true);
        action->setChecked(isShown(column));
        connect(action, &QAction::toggled, this,
                [this, column](bool isChecked) { choose(column, isChecked); });
    }
    menu->addSeparator();
    QAction *usual = menu->addAction(tr("Usual columns"));
    usual->setEnabled(!isUsual());
    connect(usual, &QAction::triggered, this, [this] {
        m_isArranged = false;
        setChosen({});
        emit chosenChanged({});
    });
    return menu;
}

void FlagColumns::fit()
{
    QHeaderView *header = m_table.horizontalHeader();
    int room = m_table.viewport()->width();
    for (const FlagColumn &each : flagColumns)
        if (isShown(each.column) && !each.isText)
            room -= each.width;
    m_isFitting = true;
    const bool makesWay = isUsual();
    for (const FlagColumn &each : flagColumns) {
        bool isHidden = !isShown(each.column);
        // Key, name and switch come first.
        if (!isHidden && makesWay && room < leastForTexts && !each.isText
            && each.column != FlagTableModel::EnabledColumn) {
            isHidden = true;
            room += each.width;
        }
        m_table.setColumnHidden(each.column, isHidden);
        if (!m_isArranged && !isHidden && !each.isText)
            header->resizeSection(each.column, each.width);
    }
    shareRoom(room);
    m_isFitting = false;
}

/// The texts share what is left in the proportion that they have.
void FlagColumns::shareRoom(int room)
{
    QHeaderView *header = m_table.horizontalHeader();
    QList<int> texts{FlagTableModel::KeyColumn};
    for (const FlagColumn &each : flagColumns)
        if (each.isText && isShown(each.column))
            texts.append(each.column);
    int widths = 0;
    for (const int column : std::as_const(texts))
        widths += header->sectionSize(column);
    if (!isUsual())
        room = std::max<int>(room, leastForTexts / 2 * int(texts.size()));
    if (room <= 0 || widths <= 0 || (widths <= room && m_isArranged))
        return;
    for (const int column : std::as_const(texts))
        header->resizeSection(column, room * header->sectionSize(column) / widths);
}

} // namespace edgewise::flagspage
