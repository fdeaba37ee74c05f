// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/bulkbar.h>
#include <flags/flagactions.h>
#include <flags/flagcolumns.h>
#include <flags/flaglist.h>
#include <flags/flagtablelooks.h>
#include <flags/flagtableview.h>
#include <models/flagtablemodel.h>
#include <theme/appearance.h>

#include <QAction>
#include <QMenu>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::FlagTableModel;

FlagList::FlagList(const theme::Appearance &appearance, FlagActions &actions, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_actions(actions),
      m_model(new FlagTableModel(this)), m_looks(new FlagTableLooks(this)),
      m_filter(new QLineEdit(this)), m_table(new FlagTableView(appearance, this)),
      m_bulk(new BulkBar(actions.forSeveral(), this)), m_count(new QLabel(this))
{
    m_looks->setSourceModel(m_model);
    createFilter();
    createTable();
    m_count->setObjectName(u"flagCount"_qs);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    QAction *newFlag = actions.newFlag();
    auto *create = new QPushButton(newFlag->icon(), tr("New flag"), this);
    create->setObjectName(u"newFlagButton"_qs);
    create->setEnabled(newFlag->isEnabled());
    connect(create, &QPushButton::clicked, newFlag, &QAction::trigger);
    connect(newFlag, &QAction::enabledChanged, create, &QWidget::setEnabled);

    auto *top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addWidget(create);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, inside, 0);
    column->addLayout(top);
    column->addWidget(m_table, 1);
    column->addWidget(m_bulk);
    column->addWidget(m_count);
    setMinimumWidth(260);
}

void FlagList::createFilter()
{
    m_filter->setObjectName(u"flagFilter"_qs);
    m_filter->setAccessibleName(tr("Filter flags"));
    m_filter->setPlaceholderText(tr("Filter, such as mail is:enabled used:beta"));
    m_filter->setToolTip(tr("Words of key, name or description, and conditions:\n"
                            "key: name: type:boolean is:enabled is:disabled is:changed\n"
                            "meta:owner meta:owner=mail tag:campaign used:segment has:problems\n"
                            "A minus in front turns one over: -used:beta"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(m_appearance.icon(u"search"_qs), QLineEdit::LeadingPosition);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilter(text);
        showCount();
    });
    connect(m_actions.find(), &QAction::triggered, this, &FlagList::focusFilter);
}

void FlagList::createTable()
{
    m_table->setColumns(m_looks, FlagTableModel::KeyColumn, FlagTableModel::EnabledColumn);
    m_table->addActions(m_actions.ofTable());
    connect(m_table->columns(), &FlagColumns::chosenChanged, this, &FlagList::columnsChanged);
    connect(m_looks, &FlagTableLooks::turned, this, &FlagList::turned);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &FlagList::currentChanged);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &FlagList::showBulk);
    connect(m_table, &FlagTableView::openRequested, this, &FlagList::openRequested);
    connect(m_table, &QWidget::customContextMenuRequested, this, &FlagList::showContextMenu);
}

void FlagList::setNamespace(const std::shared_ptr<const flags::Namespace> &nameSpace,
                            const std::shared_ptr<const flags::Namespace> &base)
{
    m_model->setNamespace(nameSpace, base);
    showCount();
}

void FlagList::setColumns(const QStringList &names)
{
    m_table->columns()->setChosen(names);
}

void FlagList::setReadOnly(bool readOnly)
{
    m_looks->setReadOnly(readOnly);
}

std::shared_ptr<const flags::Flag> FlagList::currentFlag() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? m_model->flag(m_looks->mapToSource(index)) : nullptr;
}

std::vector<FlagKey> FlagList::chosenFlags() const
{
    std::vector<FlagKey> keys;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        keys.emplace_back(row.data(FlagTableModel::KeyRole).toString());
    if (const std::shared_ptr<const flags::Flag> flag = currentFlag(); keys.empty() && flag)
        keys.push_back(flag->key);
    return keys;
}

void FlagList::choose(const FlagKey &key)
{
    QModelIndex index = m_model->indexOf(key);
    if (!index.isValid() && !m_filter->text().isEmpty()) {
        m_filter->clear();
        index = m_model->indexOf(key);
    }
    m_table->setCurrentIndex(m_looks->mapFromSource(index));
}

void FlagList::chooseNext()
{
    const int row = std::max(m_table->currentIndex().row(), 0);
    m_table->setCurrentIndex(m_looks->index(std::min(row, m_looks->rowCount() - 1), 0));
}

void FlagList::showCount()
{
    const int shown = m_model->rowCount();
    const int all = m_model->flagCount();
    const QString total = locale().toString(all);
    if (shown == 0 && all > 0)
        m_count->setText(tr("None of %1 flags has all of these words.").arg(total));
    else if (shown < all)
        m_count->setText(tr("%1 of %2 flags").arg(locale().toString(shown), total));
    else
        m_count->setText(all == 1 ? tr("1 flag") : tr("%1 flags").arg(total));
}

void FlagList::showBulk()
{
    m_bulk->setCount(int(m_table->selectionModel()->selectedRows().size()), m_model->flagCount());
}

void FlagList::showContextMenu(const QPoint &place)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_actions.forContextMenu());
    menu->addMenu(m_table->columns()->makeMenu(menu)); // for who has no mouse for the titles
    menu->popup(m_table->viewport()->mapToGlobal(place));
}

void FlagList::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

} // namespace edgewise::flagspage
