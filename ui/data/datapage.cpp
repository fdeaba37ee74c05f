// SPDX-License-Identifier: GPL-3.0-or-later
#include <data/datapage.h>
#include <data/sqlpane.h>
#include <data/tablepane.h>
#include <messages/sentence.h>
#include <theme/appearance.h>
#include <widgets/card.h>
#include <widgets/messagebar.h>

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QTabWidget>
#include <QToolButton>

namespace edgewise::datapage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

DataPage::DataPage(const theme::Appearance &appearance, const Clock &clock, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_clock(clock), m_chooser(new QComboBox),
      m_message(new widgets::MessageBar(appearance)), m_tabs(new QTabWidget),
      m_tables(new TablePane(appearance)), m_sql(new SqlPane(appearance, clock))
{
    setObjectName(u"dataPage"_qs);
    m_chooser->setObjectName(u"dataSource"_qs);
    m_chooser->setAccessibleName(tr("Database"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_chooser->setMaximumWidth(320);
    auto *label = new QLabel(tr("&Database"));
    label->setBuddy(m_chooser);
    auto *open = new QToolButton;
    open->setObjectName(u"openData"_qs);
    open->setText(tr("Open read-only"));
    open->setIcon(appearance.icon(u"data"_qs));
    open->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    open->setAutoRaise(true);
    open->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(open);
    menu->addAction(tr("Data directory of an sqld…"), this, &DataPage::chooseDirectory)
        ->setObjectName(u"openDirectory"_qs);
    menu->addAction(tr("SQLite file…"), this, &DataPage::chooseFile)->setObjectName(u"openFile"_qs);
    open->setMenu(menu);
    auto *refresh = new QToolButton;
    refresh->setObjectName(u"refreshData"_qs);
    refresh->setText(tr("Read again"));
    refresh->setIcon(appearance.icon(u"refresh"_qs));
    refresh->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    refresh->setAutoRaise(true);
    connect(refresh, &QToolButton::clicked, m_tables, &TablePane::reload);

    auto *line = new QHBoxLayout;
    line->setSpacing(inside);
    line->addWidget(label);
    line->addWidget(m_chooser);
    line->addWidget(refresh);
    line->addStretch();
    line->addWidget(open);
    auto *card = new widgets::Card(appearance);
    card->content()->addWidget(m_tabs);
    m_tabs->setObjectName(u"dataTabs"_qs);
    m_tabs->setDocumentMode(true);
    for (QWidget *pane : {static_cast<QWidget *>(m_tables), static_cast<QWidget *>(m_sql)})
        pane->setContentsMargins(0, inside, 0, 0);
    m_tabs->addTab(m_tables, tr("Tables"));
    m_tabs->addTab(m_sql, tr("SQL"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(between, between, between, between);
    column->setSpacing(inside);
    column->addLayout(line);
    column->addWidget(m_message);
    column->addWidget(card, 1);
    connect(m_chooser, &QComboBox::currentIndexChanged, this, &DataPage::chooseSource);
    connect(m_tables, &TablePane::tablesRead, m_sql, &SqlPane::setTables);
}

DataPage::~DataPage()
{
    m_tables->setConnection(nullptr);
    retire(std::move(m_connection));
}

void DataPage::setSources(const QList<DataSource> &sources)
{
    m_sources = sources;
    {
        const QSignalBlocker quiet(m_chooser);
        m_chooser->clear();
        for (const DataSource &source : sources) {
            m_chooser->addItem(source.name);
            m_chooser->setItemData(m_chooser->count() - 1, source.source.text, Qt::ToolTipRole);
        }
    }
    m_sql->setSources(sources);
    chooseSource();
}

void DataPage::addSource(const QString &address)
{
    const Result<store::Source> source = store::Source::parse(address);
    if (!source)
        return m_message->showMessage({theme::State::Bad, tr("%1 cannot be opened.").arg(address),
                                       messages::sentence(source.error())});
    m_message->clear();
    DataSource added{.name = address.section(u'/', -1, -1, QString::SectionSkipEmpty),
                     .source = *source,
                     .options = {}};
    QList<DataSource> sources = m_sources;
    sources.append(added);
    const int second = int(sources.size()) - 1;
    setSources(sources);
    m_chooser->setCurrentIndex(second);
}

void DataPage::chooseSource()
{
    m_tables->setConnection(nullptr);
    retire(std::move(m_connection));
    const int place = m_chooser->currentIndex();
    if (place < 0 || place >= m_sources.size())
        return;
    store::ConnectionOptions options = m_sources[place].options;
    options.readOnly = true;
    m_connection = std::make_unique<store::Connection>(m_sources[place].source, options, m_clock);
    m_tables->setConnection(m_connection.get());
}

void DataPage::chooseDirectory()
{
    auto *dialog = new QFileDialog(this, tr("Open a data directory read-only"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &DataPage::addSource);
    dialog->open();
}

void DataPage::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a SQLite file read-only"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &DataPage::addSource);
    dialog->open();
}

} // namespace edgewise::datapage
