// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/whenready.h>
#include <data/exportbutton.h>
#include <data/resultpane.h>
#include <messages/sentence.h>
#include <replication/judge.h>
#include <theme/appearance.h>
#include <widgets/busyindicator.h>
#include <widgets/messagebar.h>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTableView>

namespace edgewise::datapage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int widestResultColumn = 320;

} // namespace

ResultPane::ResultPane(const theme::Appearance &appearance, const QString &name, const Clock &clock,
                       QWidget *parent)
    : QWidget(parent), m_clock(clock), m_title(new QLabel(this)), m_summary(new QLabel(this)),
      m_busy(new widgets::BusyIndicator(appearance, this)),
      m_message(new widgets::MessageBar(appearance, this)),
      m_export(new ExportButton(
          appearance, name + u"Export"_qs,
          [this] {
              const store::SqlTable &table = m_model.table();
              return ExportMenu::Rows{table.summary.columns, table.rows, u"result"_qs};
          },
          *m_message, this)),
      m_table(new QTableView(this))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(theme::textFont(theme::TextSize::Body, QFont::DemiBold));
    m_summary->setObjectName(name + u"Summary"_qs);
    m_summary->setTextFormat(Qt::PlainText);
    m_table->setObjectName(name + u"Rows"_qs);
    m_table->setAccessibleName(tr("Rows of the result"));
    m_table->setModel(&m_model);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->setDefaultSectionSize(compactRow);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setMaximumSectionSize(2 * widestResultColumn);
    m_export->setEnabled(false);
    connect(m_busy, &widgets::BusyIndicator::cancelRequested, this, &ResultPane::cancel);
    auto *line = new QHBoxLayout;
    line->setSpacing(inside);
    line->addWidget(m_title);
    line->addWidget(m_summary, 1);
    line->addWidget(m_busy);
    line->addWidget(m_export);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addLayout(line);
    column->addWidget(m_message);
    column->addWidget(m_table, 1);
}

ResultPane::~ResultPane()
{
    if (m_console)
        m_console->cancel();
    retire(std::move(m_console));
}

void ResultPane::setSource(const DataSource &source)
{
    if (m_console && m_console->source() == source.source)
        return;
    cancel();
    retire(std::move(m_console));
    store::ConnectionOptions options = source.options;
    options.readOnly = true;
    m_console = std::make_unique<store::SqlConsole>(source.source, options, m_clock);
    m_name = source.name;
    m_title->setText(source.name);
    m_title->setToolTip(source.source.text);
    m_model.setTable({});
    m_summary->clear();
    m_message->clear();
    m_export->setEnabled(false);
}

void ResultPane::begin(const QString &what)
{
    ++m_generation;
    m_isBusy = true;
    m_message->clear();
    m_busy->start(what, true);
    emit busyChanged();
}

void ResultPane::end()
{
    m_isBusy = false;
    m_busy->stop();
    emit busyChanged();
}

void ResultPane::run(const QString &sql)
{
    if (!m_console)
        return;
    begin(tr("Running the statement on %1").arg(m_name));
    whenReady(m_console->run({.sql = sql, .allowWrite = false, .rowLimit = 0}), this,
              [this, generation = m_generation](const Result<store::SqlTable> &table) {
                  if (generation == m_generation)
                      show(table);
              });
}

void ResultPane::plan(const QString &sql)
{
    if (!m_console)
        return;
    begin(tr("Asking %1 for its plan").arg(m_name));
    whenReady(m_console->plan(sql), this,
              [this, generation = m_generation](const Result<QStringList> &steps) {
                  if (generation == m_generation)
                      showPlan(steps);
              });
}

void ResultPane::cancel()
{
    if (!m_isBusy)
        return;
    m_console->cancel();
    ++m_generation; // what still comes is not waited for
    end();
    m_message->showMessage({theme::State::Off, tr("The statement was cancelled."), {}});
}

void ResultPane::show(const Result<store::SqlTable> &table)
{
    end();
    if (!table)
        return showError(table.error());
    const store::SqlSummary &summary = table->summary;
    QString text =
        summary.rows == 1 ? tr("1 row") : tr("%1 rows").arg(QLocale().toString(summary.rows));
    if (summary.isCut)
        text = tr("the first %1 rows").arg(QLocale().toString(summary.rows));
    m_summary->setText(text + u" · "_qs + replication::durationInWords(table->nanoseconds));
    m_model.setTable(*table);
    m_export->setEnabled(!summary.columns.isEmpty());
    setWidths();
}

void ResultPane::showPlan(const Result<QStringList> &steps)
{
    end();
    if (!steps)
        return showError(steps.error());
    store::SqlTable table;
    table.summary.columns = {tr("Plan")};
    for (const QString &step : *steps)
        table.rows.append(QVariantList{step});
    table.summary.rows = table.rows.size();
    m_model.setTable(table);
    m_summary->setText(tr("how SQLite would read"));
    m_export->setEnabled(true);
    setWidths();
}

void ResultPane::showError(const Error &error)
{
    m_model.setTable({});
    m_summary->clear();
    m_export->setEnabled(false);
    m_message->showMessage(
        {theme::State::Bad, tr("The statement gave no rows."), messages::sentence(error)});
}

void ResultPane::setWidths()
{
    m_table->resizeColumnsToContents();
    for (int column = 0; column < m_model.columnCount(); ++column)
        m_table->setColumnWidth(
            column, std::min(m_table->columnWidth(column) + inside, widestResultColumn));
    if (m_model.columnCount() == 1)
        m_table->horizontalHeader()->setStretchLastSection(true);
}

} // namespace edgewise::datapage
