// SPDX-License-Identifier: GPL-3.0-or-later
#include <data/resultpane.h>
#include <data/sqleditor.h>
#include <data/sqlpane.h>
#include <theme/appearance.h>

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>

namespace edgewise::datapage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr qsizetype longestHistory = 50;
constexpr qsizetype shownHistory = 20;

QToolButton *barButton(QAction *action)
{
    auto *button = new QToolButton;
    button->setObjectName(action->objectName() + u"Button"_qs);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    return button;
}

} // namespace

SqlPane::SqlPane(const theme::Appearance &appearance, const Clock &clock, QWidget *parent)
    : QWidget(parent), m_clock(clock), m_editor(new SqlEditor(appearance)), m_first(new QComboBox),
      m_second(new QComboBox), m_historyButton(new QToolButton),
      m_run(new QAction(appearance.icon(u"play"_qs), tr("Run"), this)),
      m_plan(new QAction(appearance.icon(u"info"_qs), tr("Plan"), this)),
      m_cancel(new QAction(appearance.icon(u"stop"_qs), tr("Cancel"), this)),
      m_left(new ResultPane(appearance, u"sqlLeft"_qs, clock)),
      m_right(new ResultPane(appearance, u"sqlRight"_qs, clock)),
      m_results(new QSplitter(Qt::Horizontal)), m_splitter(new QSplitter(Qt::Vertical, this))
{
    setObjectName(u"sqlPane"_qs);
    m_results->setObjectName(u"sqlResults"_qs);
    m_results->addWidget(m_left);
    m_results->addWidget(m_right);
    m_results->setChildrenCollapsible(false);
    m_right->hide();
    auto *upper = new QWidget;
    auto *column = new QVBoxLayout(upper);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addWidget(makeBar(appearance));
    column->addWidget(m_editor, 1);
    m_splitter->setObjectName(u"sqlSplitter"_qs);
    m_splitter->addWidget(upper);
    m_splitter->addWidget(m_results);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(inside);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_splitter);

    connect(m_run, &QAction::triggered, this, &SqlPane::run);
    connect(m_plan, &QAction::triggered, this, &SqlPane::plan);
    connect(m_cancel, &QAction::triggered, this, &SqlPane::cancel);
    connect(m_first, &QComboBox::currentIndexChanged, this, &SqlPane::chooseSources);
    connect(m_second, &QComboBox::currentIndexChanged, this, &SqlPane::chooseSources);
    connect(m_editor, &SqlEditor::textChanged, this, &SqlPane::updateActions);
    connect(m_left, &ResultPane::busyChanged, this, &SqlPane::updateActions);
    connect(m_right, &ResultPane::busyChanged, this, &SqlPane::updateActions);
    updateActions();
}

QWidget *SqlPane::makeBar(const theme::Appearance &appearance)
{
    m_run->setObjectName(u"sqlRun"_qs);
    m_run->setShortcuts({QKeySequence(u"Ctrl+Return"_qs), QKeySequence(u"Ctrl+Enter"_qs)});
    m_run->setToolTip(tr("Run the statement (Ctrl+Enter); it can only read"));
    m_plan->setObjectName(u"sqlPlan"_qs);
    m_plan->setToolTip(tr("Show how SQLite would read"));
    m_cancel->setObjectName(u"sqlCancel"_qs);
    for (QAction *action : {m_run, m_plan, m_cancel}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
    }
    m_first->setObjectName(u"sqlNode"_qs);
    m_first->setAccessibleName(tr("Database"));
    m_second->setObjectName(u"sqlSecondNode"_qs);
    m_second->setAccessibleName(tr("Second database"));
    for (QComboBox *box : {m_first, m_second}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setMaximumWidth(200);
    }
    m_historyButton->setObjectName(u"sqlHistory"_qs);
    m_historyButton->setText(tr("Earlier"));
    m_historyButton->setIcon(appearance.icon(u"history"_qs));
    m_historyButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_historyButton->setAutoRaise(true);
    m_historyButton->setPopupMode(QToolButton::InstantPopup);
    m_historyButton->setMenu(new QMenu(m_historyButton));
    auto *bar = new QWidget;
    auto *line = new QHBoxLayout(bar);
    line->setContentsMargins({});
    line->setSpacing(inside);
    line->addWidget(barButton(m_run));
    line->addWidget(barButton(m_plan));
    line->addWidget(barButton(m_cancel));
    line->addWidget(m_historyButton);
    line->addStretch();
    line->addWidget(new QLabel(tr("on")));
    line->addWidget(m_first);
    line->addWidget(new QLabel(tr("and")));
    line->addWidget(m_second);
    return bar;
}

void SqlPane::setSources(const QList<DataSource> &sources)
{
    m_sources = sources;
    {
        const QSignalBlocker quietFirst(m_first), quietSecond(m_second);
        m_first->clear();
        m_second->clear();
        m_second->addItem(tr("nowhere else"));
        for (const DataSource &source : sources) {
            m_first->addItem(source.name);
            m_second->addItem(source.name);
        }
    }
    m_second->setEnabled(sources.size() > 1);
    chooseSources();
}

void SqlPane::chooseSources()
{
    if (m_first->currentIndex() >= 0 && m_first->currentIndex() < m_sources.size())
        m_left->setSource(m_sources[m_first->currentIndex()]);
    const int second = m_second->currentIndex() - 1;
    m_right->setVisible(second >= 0);
    if (second >= 0)
        m_right->setSource(m_sources[second]);
    updateActions();
}

void SqlPane::setTables(const QList<store::TableInfo> &tables)
{
    m_editor->setTables(tables);
}

void SqlPane::setHistory(const QStringList &statements)
{
    m_history = statements.mid(0, longestHistory);
    QMenu *menu = m_historyButton->menu();
    menu->clear();
    for (const QString &statement : m_history.mid(0, shownHistory)) {
        constexpr int longestEntry = 80;
        QString entry = statement.simplified();
        if (entry.size() > longestEntry)
            entry = entry.first(longestEntry) + u'…';
        menu->addAction(entry.replace(u'&', u"&&"_qs), this,
                        [this, statement] { m_editor->setText(statement); });
    }
    m_historyButton->setEnabled(!m_history.isEmpty());
}

void SqlPane::remember(const QString &sql)
{
    QStringList statements = m_history;
    statements.removeAll(sql);
    statements.prepend(sql);
    setHistory(statements);
    emit historyChanged();
}

void SqlPane::run()
{
    const QString sql = m_editor->text().trimmed();
    if (sql.isEmpty())
        return;
    remember(sql);
    m_left->run(sql);
    if (m_right->isVisibleTo(this))
        m_right->run(sql);
}

void SqlPane::plan()
{
    const QString sql = m_editor->text().trimmed();
    m_left->plan(sql);
    if (m_right->isVisibleTo(this))
        m_right->plan(sql);
}

void SqlPane::cancel()
{
    m_left->cancel();
    m_right->cancel();
}

void SqlPane::updateActions()
{
    const bool isBusy = m_left->isBusy() || m_right->isBusy();
    const bool hasText = !m_editor->text().trimmed().isEmpty() && !m_sources.isEmpty();
    m_run->setEnabled(hasText && !isBusy);
    m_plan->setEnabled(hasText && !isBusy);
    m_cancel->setEnabled(isBusy);
}

} // namespace edgewise::datapage
