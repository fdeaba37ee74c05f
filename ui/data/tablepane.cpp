// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/whenready.h>
#include <data/exportbutton.h>
#include <data/tablepane.h>
#include <messages/sentence.h>
#include <theme/appearance.h>
#include <widgets/busyindicator.h>
#include <widgets/messagebar.h>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QSplitter>
#include <QTableView>

namespace edgewise::datapage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int typingMilliseconds = 200;
constexpr int widestTableColumn = 280;

} // namespace

TablePane::TablePane(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_list(new QListWidget), m_filter(new QLineEdit), m_count(new QLabel),
      m_busy(new widgets::BusyIndicator(appearance)),
      m_message(new widgets::MessageBar(appearance)),
      m_export(new ExportButton(
          appearance, u"tableExport"_qs,
          [this] {
              return ExportMenu::Rows{m_model.table().columns, m_model.rows(),
                                      m_model.table().name};
          },
          *m_message)),
      m_view(new QTableView)
{
    setObjectName(u"tablePane"_qs);
    m_list->setObjectName(u"tableList"_qs);
    m_list->setAccessibleName(tr("Tables"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMinimumWidth(120);
    m_filter->setObjectName(u"rowFilter"_qs);
    m_filter->setAccessibleName(tr("Filter of the rows"));
    m_filter->setPlaceholderText(tr("Rows that contain…"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(appearance.icon(u"filter"_qs), QLineEdit::LeadingPosition);
    m_count->setObjectName(u"rowCount"_qs);
    m_view->setObjectName(u"tableRows"_qs);
    m_view->setAccessibleName(tr("Rows of the table"));
    m_view->setModel(&m_model);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setWordWrap(false);
    m_view->setShowGrid(false);
    m_view->setTabKeyNavigation(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(compactRow);
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_export->setToolTip(tr("The rows that have been read"));

    auto *right = new QWidget;
    auto *line = new QHBoxLayout;
    line->setSpacing(inside);
    line->addWidget(m_filter, 1);
    line->addWidget(m_busy);
    line->addWidget(m_count);
    line->addWidget(m_export);
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addLayout(line);
    column->addWidget(m_message);
    column->addWidget(m_view, 1);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setObjectName(u"tableSplitter"_qs);
    splitter->addWidget(m_list);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(inside);
    splitter->setSizes({200, 800});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(splitter);

    m_delay.setSingleShot(true);
    m_delay.setInterval(typingMilliseconds);
    connect(&m_delay, &QTimer::timeout, this, &TablePane::showRows);
    connect(m_filter, &QLineEdit::textChanged, &m_delay, qOverload<>(&QTimer::start));
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        m_hasWidths = false;
        showRows();
    });
    connect(&m_model, &models::TableRowsModel::readingChanged, this, &TablePane::showCount);
    connect(&m_model, &models::TableRowsModel::failed, this,
            [this](const Error &error) { showError(tr("The rows could not be read."), error); });
}

void TablePane::setConnection(store::Connection *connection)
{
    m_connection = connection;
    m_model.setTarget(nullptr, {});
    m_tables.clear();
    m_list->clear();
    m_message->clear();
    refresh();
}

void TablePane::reload()
{
    m_tables.clear();
    refresh();
}

/// A table may have come while nobody looked.
void TablePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void TablePane::refresh()
{
    const int generation = ++m_generation;
    if (!m_connection)
        return;
    m_busy->start(tr("Reading the tables"));
    whenReady(m_connection->tables(), this,
              [this, generation](const Result<QList<store::TableInfo>> &tables) {
                  if (generation != m_generation)
                      return;
                  m_busy->stop();
                  if (!tables)
                      return showError(tr("The tables could not be read."), tables.error());
                  m_message->clear();
                  showTables(*tables);
              });
}

void TablePane::showTables(const QList<store::TableInfo> &tables)
{
    if (tables == m_tables && !tables.isEmpty()) {
        if (m_model.rowCount() == 0 && !m_model.isReading())
            showRows(); // it was empty when somebody looked last
        return;
    }
    const QString chosen = m_list->currentItem() ? m_list->currentItem()->text() : u"flags"_qs;
    m_tables = tables;
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const store::TableInfo &table : tables)
            m_list->addItem(table.name);
        const QList<QListWidgetItem *> found = m_list->findItems(chosen, Qt::MatchExactly);
        m_list->setCurrentRow(found.isEmpty() ? 0 : m_list->row(found.first()));
    }
    emit tablesRead(tables);
    showRows();
}

void TablePane::showRows()
{
    const int place = m_list->currentRow();
    if (!m_connection || place < 0 || place >= m_tables.size())
        return;
    m_model.setTarget(m_connection, m_tables[place], m_filter->text());
}

void TablePane::showCount()
{
    if (m_model.isReading()) {
        m_busy->start(tr("Reading %1").arg(m_model.table().name));
        return;
    }
    m_busy->stop();
    const QString rows = QLocale().toString(m_model.rowCount());
    m_count->setText(m_model.isComplete() ? tr("%1 rows").arg(rows)
                                          : tr("%1 rows so far").arg(rows));
    if (!m_hasWidths && m_model.rowCount() > 0)
        setWidths();
}

void TablePane::setWidths()
{
    m_hasWidths = true; // from the first page; what somebody chooses then stays
    m_view->resizeColumnsToContents();
    for (int column = 0; column < m_model.columnCount(); ++column)
        m_view->setColumnWidth(column,
                               std::min(m_view->columnWidth(column) + inside, widestTableColumn));
}

void TablePane::showError(const QString &what, const Error &error)
{
    m_busy->stop();
    m_message->showMessage({theme::State::Bad, what, messages::sentence(error)});
}

} // namespace edgewise::datapage
