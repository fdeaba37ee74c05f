// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/rowdifferencemodel.h>
#include <models/sqlresultmodel.h>
#include <replication/differencescrollbar.h>
#include <replication/sidebyside.h>
#include <theme/appearance.h>

#include <QAction>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::RowDifferenceModel;
using Kind = replication::RowDifference::Kind;
using widgets::Difference;

namespace {

constexpr int widestColumn = 260;
constexpr int fadeMilliseconds = 1200;
constexpr int rowsForWidth = 200; // looked at to choose a column's width

} // namespace

SideBySide::SideBySide(const theme::Appearance &appearance, RowDifferenceModel &model,
                       QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_model(model), m_leftTitle(new QLabel(this)),
      m_rightTitle(new QLabel(this)), m_left(makeView(u"leftRows"_qs, tr("Rows of the primary"))),
      m_right(makeView(u"rightRows"_qs, tr("Rows of the replica"))),
      m_scrollBar(new DifferenceScrollBar(appearance, this))
{
    for (QLabel *title : {m_leftTitle, m_rightTitle}) {
        title->setTextFormat(Qt::PlainText);
        title->setFont(theme::textFont(theme::TextSize::Body, QFont::DemiBold));
        title->setContentsMargins(inside, 0, inside, 0);
        title->setFixedHeight(compactRow);
    }
    m_leftTitle->setObjectName(u"leftTitle"_qs);
    m_rightTitle->setObjectName(u"rightTitle"_qs);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setSpacing(0);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_leftTitle, 0, 0);
    grid->addWidget(m_rightTitle, 0, 1);
    grid->addWidget(m_left, 1, 0);
    grid->addWidget(m_right, 1, 1);
    grid->addWidget(m_scrollBar, 1, 2);

    // One selection, so that a row chosen on one side is chosen on the other.
    m_right->setSelectionModel(m_left->selectionModel());
    // The right view's own scroll bar has the range; the visible one stands for it.
    QScrollBar *range = m_right->verticalScrollBar();
    connect(range, &QScrollBar::rangeChanged, this, [this, range](int minimum, int maximum) {
        m_scrollBar->setRange(minimum, maximum);
        m_scrollBar->setPageStep(range->pageStep());
        m_scrollBar->setSingleStep(range->singleStep());
    });
    connect(range, &QScrollBar::valueChanged, m_scrollBar, &QScrollBar::setValue);
    connect(m_scrollBar, &QScrollBar::valueChanged, range, &QScrollBar::setValue);
    connect(m_scrollBar, &QScrollBar::valueChanged, m_left->verticalScrollBar(),
            &QScrollBar::setValue);
    connect(m_left->verticalScrollBar(), &QScrollBar::valueChanged, m_scrollBar,
            &QScrollBar::setValue);
    connect(m_left->horizontalScrollBar(), &QScrollBar::valueChanged,
            m_right->horizontalScrollBar(), &QScrollBar::setValue);
    connect(m_right->horizontalScrollBar(), &QScrollBar::valueChanged,
            m_left->horizontalScrollBar(), &QScrollBar::setValue);
    connect(&model, &QAbstractItemModel::modelReset, this, &SideBySide::setColumns);
    connect(&model, &RowDifferenceModel::countsChanged, this, &SideBySide::updateMarks);
    connect(&model, &QAbstractItemModel::modelReset, this, &SideBySide::updateMarks);
    m_fade.setStartValue(1.0);
    m_fade.setEndValue(0.0);
    m_fade.setDuration(fadeMilliseconds);
    connect(&m_fade, &QVariantAnimation::valueChanged, this, [this] {
        m_left->viewport()->update();
        m_right->viewport()->update();
    });
    connect(&model, &RowDifferenceModel::countsChanged, this, &SideBySide::showArrivals);
    setColumns();
}

void SideBySide::showArrivals()
{
    // Without animations (reduced motion) the style's duration is 0.
    if (m_model.hasArrivals() && style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0)
        m_fade.start();
}

QTableView *SideBySide::makeView(const QString &objectName, const QString &accessibleName)
{
    auto *view = new QTableView(this);
    view->setObjectName(objectName);
    view->setAccessibleName(accessibleName);
    view->setModel(&m_model);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // both sides equally high
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(compactRow);
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->setItemDelegate(new widgets::DifferenceDelegate(
        m_appearance, [this](const QModelIndex &index) { return lookOf(index); }, view));
    addCopyActions(view);
    return view;
}

/// Both sides as they stand, or the rows of this side as CSV, JSON or SQL.
void SideBySide::addCopyActions(QTableView *view)
{
    auto *copy = new QAction(tr("Copy"), view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &SideBySide::copySelection);
    view->addAction(copy);
    const bool ofB = view->objectName() == u"rightRows";
    const std::tuple<models::RowFormat, QString, QString> formats[] = {
        {models::RowFormat::Csv, tr("Copy as CSV"), u"Csv"_qs},
        {models::RowFormat::Json, tr("Copy as JSON"), u"Json"_qs},
        {models::RowFormat::Sql, tr("Copy as SQL"), u"Sql"_qs}};
    for (const auto &[format, text, name] : formats) {
        auto *action = new QAction(text, view);
        action->setObjectName(view->objectName() + u"Copy"_qs + name);
        if (format == models::RowFormat::Csv) {
            action->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
            action->setShortcutContext(Qt::WidgetShortcut);
        }
        connect(action, &QAction::triggered, this,
                [this, chosen = format, ofB] { copyAs(chosen, ofB); });
        view->addAction(action);
    }
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
}

widgets::DifferenceDelegate::Look SideBySide::lookOf(const QModelIndex &index) const
{
    widgets::DifferenceDelegate::Look look;
    look.cellDiffers = index.data(RowDifferenceModel::CellDiffersRole).toBool();
    look.inFlight = index.data(RowDifferenceModel::InFlightRole).toBool();
    if (m_fade.state() == QVariantAnimation::Running
        && index.data(RowDifferenceModel::ArrivedRole).toBool())
        look.arrived = m_fade.currentValue().toDouble();
    // A row that only one side has: there it is added or removed, beside it there is nothing.
    switch (Kind(index.data(RowDifferenceModel::KindRole).toInt())) {
    case Kind::Same:
        break;
    case Kind::Changed:
        look.row = Difference::Changed;
        break;
    case Kind::OnlyA:
        look.row = Difference::Added;
        break;
    case Kind::OnlyB:
        look.row = Difference::Removed;
        break;
    }
    return look;
}

void SideBySide::setTitles(const QString &left, const QString &right)
{
    m_leftTitle->setText(left);
    m_rightTitle->setText(right);
}

void SideBySide::setColumns()
{
    const int perSide = m_model.columnsPerSide();
    for (int column = 0; column < 2 * perSide; ++column) {
        m_left->setColumnHidden(column, column >= perSide);
        m_right->setColumnHidden(column, column < perSide);
    }
    static_cast<widgets::DifferenceDelegate *>(m_left->itemDelegate())->setGutterColumn(-1);
    static_cast<widgets::DifferenceDelegate *>(m_right->itemDelegate())->setGutterColumn(perSide);
    if (m_columns == m_model.table().columns)
        return; // widths that somebody chose stay
    m_columns = m_model.table().columns;
    const QFontMetrics metrics(font());
    for (int column = 0; column < perSide; ++column) {
        int width = metrics.horizontalAdvance(m_columns[column]);
        for (int row = 0; row < std::min(rowsForWidth, m_model.rowCount({})); ++row) {
            for (const int side : {column, column + perSide})
                width = std::max(
                    width, metrics.horizontalAdvance(m_model.index(row, side).data().toString()));
        }
        width = std::min(width + 3 * inside, widestColumn);
        m_left->setColumnWidth(column, width + (column == 0 ? iconLarge : 0));
        m_right->setColumnWidth(column + perSide, width + (column == 0 ? iconLarge : 0));
    }
}

void SideBySide::updateMarks()
{
    m_scrollBar->setMarks(m_model.differingRows(), m_model.rowCount({}));
}

void SideBySide::goToDifference(int direction)
{
    const int from =
        m_left->currentIndex().isValid() ? m_left->currentIndex().row() : (direction > 0 ? -1 : 0);
    const int row = m_model.differenceFrom(from, direction);
    if (row < 0)
        return;
    const QModelIndex index = m_model.index(row, 0);
    m_left->setCurrentIndex(index);
    m_left->scrollTo(index);
}

void SideBySide::copyAs(models::RowFormat format, bool ofB) const
{
    QList<int> rows;
    const QModelIndexList selected = m_left->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    QGuiApplication::clipboard()->setText(QString::fromUtf8(models::rowsText(
        format, m_model.table().columns, m_model.cells(rows, ofB), m_model.table().name)));
}

void SideBySide::copySelection()
{
    QStringList lines;
    for (const QModelIndex &row : m_left->selectionModel()->selectedRows()) {
        QStringList cells;
        for (int column = 0; column < m_model.columnCount({}); ++column)
            cells.append(row.siblingAtColumn(column).data().toString());
        lines.append(cells.join(u'\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace edgewise::replicationpage
