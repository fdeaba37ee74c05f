// SPDX-License-Identifier: GPL-3.0-or-later
#include <lab/labpage.h>
#include <lab/logview.h>
#include <lab/processmodel.h>
#include <theme/appearance.h>
#include <widgets/card.h>
#include <widgets/emptystate.h>
#include <widgets/messagebar.h>

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>

namespace edgewise::labpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using lab::Node;
using lab::NodeState;

namespace {

QToolButton *buttonFor(QAction *action)
{
    auto *button = new QToolButton;
    button->setObjectName(action->objectName() + u"Button"_qs);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QWidget *barOf(const QList<QAction *> &actions, bool isLeft)
{
    auto *bar = new QWidget;
    auto *line = new QHBoxLayout(bar);
    line->setContentsMargins({});
    line->setSpacing(grid);
    for (QAction *action : actions)
        line->addWidget(buttonFor(action));
    if (isLeft)
        line->addStretch();
    return bar;
}

} // namespace

LabPage::LabPage(const theme::Appearance &appearance, QAction *start, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_model(new ProcessModel(appearance, this)),
      m_folder(new QLabel), m_table(new QTableView), m_log(new LogView),
      m_message(new widgets::MessageBar(appearance, this)),
      m_empty(new widgets::EmptyState(appearance, u"lab"_qs)),
      m_splitter(new QSplitter(Qt::Vertical)), m_stack(new QStackedLayout)
{
    setObjectName(u"labPage"_qs);
    makeActions();
    m_empty->setContent(tr("No lab is running. A lab is a primary with replicas on this computer, "
                           "to see replication work and fail."),
                        start);
    m_folder->setObjectName(u"labFolder"_qs);
    m_folder->setTextFormat(Qt::PlainText);
    m_folder->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_table->setObjectName(u"processTable"_qs);
    m_table->setAccessibleName(tr("Processes of the lab"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setIconSize({iconSmall, iconSmall});
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(row);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const QFontMetrics metrics(theme::textFont());
    const auto setWidth = [&](int column, const QString &widest, int more = 0) {
        m_table->setColumnWidth(column, metrics.horizontalAdvance(widest) + 3 * inside + more);
    };
    setWidth(ProcessModel::NameColumn, u"flipt-replica-10"_qs);
    setWidth(ProcessModel::StateColumn, u"stopping"_qs, iconSmall + inside);
    setWidth(ProcessModel::AddressColumn, u"http://127.0.0.1:65535"_qs);
    setWidth(ProcessModel::ProcessColumn, tr("Process id"), inside);
    m_table->addActions({m_actions.restart, m_actions.pause, m_actions.stop, m_actions.kill,
                         m_actions.wipe, m_actions.remove});
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);

    auto *processes = new widgets::Card(appearance, tr("Processes"));
    processes->header()->addWidget(barOf({m_add, m_end}, false));
    processes->content()->addWidget(m_folder);
    processes->content()->addWidget(barOf({m_actions.restart, m_actions.pause, m_actions.stop,
                                           m_actions.kill, m_actions.wipe, m_actions.remove},
                                          true));
    processes->content()->addWidget(m_table, 1);
    auto *log = new widgets::Card(appearance, tr("Log"));
    log->content()->addWidget(m_log, 1);
    m_splitter->setObjectName(u"labSplitter"_qs);
    m_splitter->addWidget(processes);
    m_splitter->addWidget(log);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(inside);

    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_splitter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(between, between, between, between);
    column->setSpacing(inside);
    column->addWidget(m_message);
    column->addLayout(m_stack, 1);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &LabPage::updateActions);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &LabPage::updateActions);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &LabPage::updateActions);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &LabPage::updateActions);
    setLab(nullptr);
}

QAction *LabPage::makeAction(const QString &name, const QString &text, const QString &icon,
                             const QString &tip)
{
    auto *action = new QAction(m_appearance.icon(icon), text, this);
    action->setObjectName(name);
    action->setToolTip(tip);
    return action;
}

void LabPage::makeActions()
{
    m_add = makeAction(u"labAdd"_qs, tr("Add replica"), u"add"_qs,
                       tr("Start one more replica of the primary"));
    m_end = makeAction(u"labEnd"_qs, tr("Stop the lab"), u"stop"_qs,
                       tr("End all processes in good order. The data stay."));
    m_actions.restart = makeAction(u"labRestart"_qs, tr("Restart"), u"refresh"_qs,
                                   tr("End the process in good order and start it again"));
    m_actions.pause = makeAction(u"labPause"_qs, tr("Pause"), u"pause"_qs, {});
    m_actions.stop = makeAction(u"labStop"_qs, tr("Stop"), u"stop"_qs, {});
    m_actions.kill = makeAction(u"labKill"_qs, tr("Kill"), u"error"_qs,
                                tr("End the primary as a crash would (kill -9). It starts a new "
                                   "log, and every replica loads anew."));
    m_actions.wipe = makeAction(u"labWipe"_qs, tr("Wipe"), u"undo"_qs,
                                tr("Delete the replica's data and start it again: it loads "
                                   "everything from the primary"));
    m_actions.remove = makeAction(u"labRemove"_qs, tr("Remove"), u"delete"_qs,
                                  tr("End the replica and delete its data"));
    connect(m_add, &QAction::triggered, this, &LabPage::addReplica);
    connect(m_end, &QAction::triggered, this, &LabPage::stopRequested);
    connect(m_actions.restart, &QAction::triggered, this, [this] {
        if (const Node *node = chosen())
            m_lab->restartNode(node->name);
    });
    connect(m_actions.pause, &QAction::triggered, this, [this] {
        const Node *node = chosen();
        if (!node)
            return;
        const QString name = node->name;
        node->state == NodeState::Paused ? m_lab->resumeNode(name) : m_lab->pauseNode(name);
    });
    connect(m_actions.stop, &QAction::triggered, this, [this] {
        const Node *node = chosen();
        if (!node)
            return;
        const QString name = node->name;
        const bool isDown = node->state == NodeState::Stopped || node->state == NodeState::Failed;
        isDown ? m_lab->startNode(name) : m_lab->stopNode(name);
    });
    connect(m_actions.kill, &QAction::triggered, this, [this] {
        if (m_lab)
            m_lab->killPrimary();
    });
    connect(m_actions.wipe, &QAction::triggered, this, [this] {
        if (const Node *node = chosen())
            m_lab->wipeReplica(QString(node->name));
    });
    connect(m_actions.remove, &QAction::triggered, this, [this] {
        if (const Node *node = chosen())
            m_lab->removeReplica(QString(node->name));
    });
}

void LabPage::setLab(lab::Lab *lab)
{
    if (m_lab)
        m_lab->disconnect(this);
    m_lab = lab;
    m_model->setLab(lab);
    m_message->clear();
    if (m_lab) {
        connect(m_lab, &lab::Lab::stateChanged, this, &LabPage::updateActions);
        connect(m_lab, &lab::Lab::nodeChanged, this, &LabPage::showErrors);
        m_folder->setText(tr("Folder: %1").arg(m_lab->directory()));
        if (m_model->rowCount() > 0)
            m_table->setCurrentIndex(m_model->index(0, 0));
        m_stack->setCurrentWidget(m_splitter);
    } else {
        m_stack->setCurrentWidget(m_empty);
    }
    updateActions();
}

QString LabPage::chosenProcess() const
{
    const Node *node = chosen();
    return node ? node->name : QString();
}

void LabPage::chooseProcess(const QString &name)
{
    if (const int place = m_model->rowOf(name); place >= 0)
        m_table->setCurrentIndex(m_model->index(place, 0));
}

const Node *LabPage::chosen() const
{
    const QModelIndex current = m_table->currentIndex();
    return m_lab && current.isValid() && current.row() < m_model->rowCount()
               ? &m_model->node(current.row())
               : nullptr;
}

void LabPage::updateActions()
{
    const bool isReady = m_lab && m_lab->state() == lab::Lab::State::Ready;
    const Node *node = isReady ? chosen() : nullptr;
    const auto is = [node](lab::Role role) { return node && node->role == role; };
    const bool isDown =
        node && (node->state == NodeState::Stopped || node->state == NodeState::Failed);
    const bool isPaused = node && node->state == NodeState::Paused;
    m_add->setEnabled(isReady);
    m_end->setEnabled(isReady);
    m_actions.restart->setEnabled(node && !isDown);
    m_actions.pause->setEnabled(isPaused || (node && node->state == NodeState::Ready));
    m_actions.pause->setText(isPaused ? tr("Resume") : tr("Pause"));
    m_actions.pause->setIcon(m_appearance.icon(isPaused ? u"play"_qs : u"pause"_qs));
    m_actions.pause->setToolTip(isPaused ? tr("Let the process go on")
                                         : tr("Hold the process: it keeps its connections and "
                                              "answers nothing"));
    m_actions.stop->setEnabled(node);
    m_actions.stop->setText(isDown ? tr("Start") : tr("Stop"));
    m_actions.stop->setIcon(m_appearance.icon(isDown ? u"play"_qs : u"stop"_qs));
    m_actions.stop->setToolTip(isDown ? tr("Start the process again on its data")
                                      : tr("End the process in good order"));
    m_actions.kill->setEnabled(is(lab::Role::Primary) && !isDown);
    m_actions.wipe->setEnabled(is(lab::Role::Replica));
    m_actions.remove->setEnabled(is(lab::Role::Replica));
    const Node *shown = chosen();
    m_log->follow(shown ? shown->logFile : QString());
}

void LabPage::addReplica()
{
    if (m_lab && m_lab->addReplica().isEmpty())
        m_message->showMessage({theme::State::Bad, tr("No replica was added."),
                                tr("A lab has room for 40 replicas.")});
}

void LabPage::showErrors(const Node &node)
{
    if (node.state == NodeState::Failed && node.error)
        m_message->showMessage(
            {theme::State::Bad, tr("%1 has ended by itself.").arg(node.name), node.error->detail});
}

} // namespace edgewise::labpage
