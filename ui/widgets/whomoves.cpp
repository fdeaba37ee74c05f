// SPDX-License-Identifier: GPL-3.0-or-later
#include <messages/sentence.h>
#include <models/celltablemodel.h>
#include <models/movementmodel.h>
#include <models/shares.h>
#include <models/textfile.h>
#include <theme/appearance.h>
#include <widgets/filechooser.h>
#include <widgets/flowlayout.h>
#include <widgets/jobline.h>
#include <widgets/movementdelegate.h>
#include <widgets/movementtext.h>
#include <widgets/whomoves.h>

#include <QSplitter>
#include <QStandardItemModel>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using evaluation::FlagMovement;

namespace {

constexpr size_t listedEntities = 1000;

enum FlagColumns { FlagName, FlagMoves, FlagColumnCount };

/// What the tables here have in common.
QTableView *makeTable(const QString &name, const QString &accessibleName, QWidget *parent)
{
    auto *view = new QTableView(parent);
    view->setObjectName(name);
    view->setAccessibleName(accessibleName);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setFrameShape(QFrame::NoFrame);
    view->setShowGrid(false);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->setDefaultSectionSize(row);
    view->horizontalHeader()->setHighlightSections(false);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    return view;
}

QLabel *makeLabel(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

WhoMoves::WhoMoves(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_summary(makeLabel(u"movementSummary"_qs, this)),
      m_progress(new JobLine(appearance, this)), m_splitter(new QSplitter(this)),
      m_flagView(makeTable(u"movedFlags"_qs, tr("Flags that move entities"), this)),
      m_flags(new QStandardItemModel(0, FlagColumnCount, this)),
      m_matrix(makeTable(u"movementMatrix"_qs, tr("Answers before against answers after"), this)),
      m_cells(new models::MovementModel(this)), m_caption(makeLabel(u"cellCaption"_qs, this)),
      m_entityView(makeTable(u"cellEntities"_qs, tr("Entities of the chosen cell"), this)),
      m_entities(new models::CellTableModel(this)),
      m_trouble(makeLabel(u"movementTrouble"_qs, this))
{
    setObjectName(u"whoMoves"_qs);
    createActions();
    m_summary->setFont(theme::textFont(theme::TextSize::Heading, QFont::DemiBold));
    m_trouble->hide();
    m_flags->setHorizontalHeaderLabels({tr("Flag"), tr("Moves")});
    m_flagView->setModel(m_flags);
    m_flagView->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_flagView->verticalHeader()->hide();
    m_flagView->horizontalHeader()->setSectionResizeMode(FlagName, QHeaderView::Stretch);
    m_flagView->horizontalHeader()->setSectionResizeMode(FlagMoves, QHeaderView::ResizeToContents);
    connect(m_flagView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) { showFlag(current.row()); });

    m_splitter->setObjectName(u"whoMovesSplitter"_qs);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(inside);
    m_splitter->addWidget(m_flagView);
    m_splitter->addWidget(createMatrix());
    m_splitter->addWidget(createEntities());
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 4);
    m_splitter->setStretchFactor(2, 4);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addWidget(m_summary);
    column->addWidget(m_trouble);
    column->addWidget(m_progress);
    column->addWidget(m_splitter, 1);
    connect(m_progress, &JobLine::cancelRequested, this, [this] {
        m_movement.cancel();
        m_listing.cancel();
        m_export.cancel();
        m_progress->stop();
        m_summary->setText(tr("Cancelled."));
    });
    setQuestion({});
}

WhoMoves::~WhoMoves() = default;

void WhoMoves::createActions()
{
    m_exportMoves = new QAction(m_appearance.icon(u"save"_qs), tr("Export all moves…"), this);
    m_exportMoves->setObjectName(u"exportMoves"_qs);
    connect(m_exportMoves, &QAction::triggered, this, [this] {
        chooseNewFile(this, tr("Export all moves"), u"moves"_qs,
                      {tr("CSV (*.csv)"), tr("JSON (*.json)")},
                      [this](const QString &file) { exportMoves(file); });
    });
    m_exportMatrix = new QAction(m_appearance.icon(u"save"_qs), tr("Export the matrix…"), this);
    m_exportMatrix->setObjectName(u"exportMatrix"_qs);
    connect(m_exportMatrix, &QAction::triggered, this, [this] {
        chooseNewFile(this, tr("Export the matrix"), u"movement"_qs,
                      {tr("CSV (*.csv)"), tr("JSON (*.json)")},
                      [this](const QString &file) { exportMatrix(file); });
    });
}

QWidget *WhoMoves::createMatrix()
{
    m_matrix->setModel(m_cells);
    m_matrix->setItemDelegate(new MovementDelegate(m_appearance, m_matrix));
    m_matrix->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_matrix->verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    connect(m_matrix, &QAbstractItemView::clicked, this, &WhoMoves::listCell);
    connect(m_matrix, &QAbstractItemView::activated, this, &WhoMoves::listCell);
    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->setSpacing(inside);
    auto *hint =
        new QLabel(tr("Before: rows. After: columns. Choose a cell to see its entities."), side);
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setWordWrap(true);
    column->addWidget(hint);
    column->addWidget(m_matrix, 1);
    auto *buttons = new FlowLayout;
    buttons->setSpacing(inside);
    for (QAction *action : actions()) {
        auto *button = new QPushButton(action->icon(), action->text(), side);
        button->setObjectName(action->objectName() + u"Button"_qs);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::enabledChanged, button, &QWidget::setEnabled);
        buttons->addWidget(button);
    }
    column->addLayout(buttons);
    return side;
}

QWidget *WhoMoves::createEntities()
{
    m_caption->setForegroundRole(QPalette::PlaceholderText);
    m_entityView->setModel(m_entities);
    m_entityView->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_entityView->verticalHeader()->hide();
    m_entityView->setFont(theme::codeFont());
    m_entityView->horizontalHeader()->setStretchLastSection(true);
    connect(m_entityView, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (m_shownFlag < 0)
            return;
        const QModelIndex id = index.siblingAtColumn(models::CellTableModel::IdColumn);
        emit entityChosen(m_answer.flags[size_t(m_shownFlag)].flag, id.data().toString());
    });
    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addWidget(m_caption);
    column->addWidget(m_entityView, 1);
    return side;
}

void WhoMoves::setHint(const QString &sentence)
{
    m_hint = sentence;
    if (!m_question.before)
        m_summary->setText(m_hint);
}

void WhoMoves::setQuestion(const Question &question)
{
    m_question = question;
    m_movement.cancel();
    m_listing.cancel();
    m_isStale = true;
    if (!question.before) {
        m_progress->stop();
        m_isStale = false;
        m_answer = {};
        m_shownFlag = -1;
        m_flags->setRowCount(0);
        m_cells->clear();
        m_entities->setEntities({});
        m_caption->clear();
        m_summary->setText(m_hint);
        m_trouble->hide();
    }
    m_splitter->setVisible(question.before != nullptr);
    for (QAction *action : actions())
        action->setEnabled(false);
    run();
}

void WhoMoves::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    run();
}

void WhoMoves::run()
{
    if (!m_isStale || !isVisible())
        return;
    m_isStale = false;
    m_progress->start(tr("Comparing"), [this] { return m_movement.progress(); });
    m_movement.start(
        this,
        [question = m_question](const models::ProgressPointer &progress) {
            return models::movement(question.before, question.after, question.flags,
                                    question.population, progress);
        },
        [this](const Result<models::MovementAnswer> &answer) { take(answer); });
}

QString WhoMoves::sentence() const
{
    return m_summary->text();
}

void WhoMoves::take(const Result<models::MovementAnswer> &answer)
{
    m_progress->stop();
    m_trouble->hide();
    if (!answer) {
        m_summary->setText(messages::sentence(answer.error()));
        emit answered();
        return;
    }
    const evaluation::FlagAddress shown =
        m_shownFlag >= 0 ? m_answer.flags[size_t(m_shownFlag)].flag : evaluation::FlagAddress();
    m_answer = answer->movement;
    // What moves most is what matters most.
    std::ranges::stable_sort(m_answer.flags, std::greater<>(), &FlagMovement::moved);
    qint64 moved = 0;
    for (const FlagMovement &flag : m_answer.flags)
        moved += flag.moved;
    m_summary->setText(movementSentence(m_answer));
    m_trouble->setText(skippedRows(m_answer.malformed, answer->malformedRows));
    m_trouble->setVisible(m_answer.malformed > 0);
    const auto flags = m_answer.flags.size();
    m_flags->setRowCount(0);
    int chosen = 0;
    for (size_t i = 0; i < m_answer.flags.size(); ++i) {
        const FlagMovement &flag = m_answer.flags[i];
        auto *name = new QStandardItem(flag.flag.flag.text());
        name->setToolTip(flag.flag.nameSpace.text() + u'/' + flag.flag.flag.text());
        auto *moves = new QStandardItem(locale().toString(flag.moved));
        moves->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_flags->appendRow({name, moves});
        if (flag.flag == shown)
            chosen = int(i);
    }
    m_flagView->setVisible(flags > 1);
    m_splitter->setVisible(flags > 0);
    m_exportMoves->setEnabled(moved > 0);
    m_exportMatrix->setEnabled(flags > 0);
    m_shownFlag = -1;
    if (flags > 0) {
        m_flagView->selectRow(chosen);
        showFlag(chosen);
    }
    emit answered();
}

void WhoMoves::showFlag(int flag)
{
    if (flag < 0 || flag >= int(m_answer.flags.size()) || flag == m_shownFlag)
        return;
    m_shownFlag = flag;
    m_listing.cancel();
    m_cells->setMovement(m_answer.flags[size_t(flag)], m_answer.entities);
    m_entities->setEntities({});
    m_caption->setText(tr("No cell is chosen."));
    // The largest move is what one would look at first.
    const QModelIndex largest = m_cells->largestMove();
    if (largest.isValid()) {
        m_matrix->setCurrentIndex(largest);
        listCell(largest);
    }
}

void WhoMoves::listCell(const QModelIndex &index)
{
    if (!index.isValid() || index.data(models::MovementModel::SumRole).toBool())
        return;
    const models::MovementCell cell = m_cells->cell(index);
    const qint64 count = index.data(models::MovementModel::CountRole).toLongLong();
    const QString what =
        models::answerName(cell.before) + u" → "_qs + models::answerName(cell.after);
    if (count == 0) {
        m_listing.cancel();
        listEntities(std::vector<models::CellEntity>(), 0, what);
        return;
    }
    m_caption->setText(tr("%1: looking for its entities").arg(what));
    m_progress->start(tr("Looking for entities"), [this] { return m_listing.progress(); });
    const size_t limit = size_t(std::min<qint64>(count, listedEntities));
    m_listing.start(
        this,
        [question = m_question, cell, limit](const models::ProgressPointer &progress) {
            return models::entitiesOf(question.before, question.after, cell, question.population,
                                      limit, progress);
        },
        [this, count, what](const Result<std::vector<models::CellEntity>> &found) {
            m_progress->stop();
            listEntities(found, count, what);
        });
}

void WhoMoves::listEntities(const Result<std::vector<models::CellEntity>> &found, qint64 count,
                            const QString &what)
{
    if (!found) {
        m_caption->setText(messages::sentence(found.error()));
        return;
    }
    const qint64 listed = qint64(found->size());
    m_entities->setEntities(*found);
    m_entityView->resizeColumnsToContents();
    m_caption->setText(listed < count
                           ? tr("%1: the first %2 of %3 entities")
                                 .arg(what, locale().toString(listed), locale().toString(count))
                           : tr("%1: %2 entities").arg(what, locale().toString(count)));
}

void WhoMoves::exportMoves(const QString &file)
{
    std::vector<evaluation::FlagAddress> flags;
    for (const FlagMovement &flag : m_answer.flags)
        flags.push_back(flag.flag);
    m_progress->start(tr("Writing moves"), [this] { return m_export.progress(); });
    m_export.start(
        this,
        [question = m_question, flags, file](const models::ProgressPointer &progress) {
            return models::exportMoves(question.before, question.after, flags, question.population,
                                       file, progress);
        },
        [this, file](const Result<qint64> &written) {
            m_progress->stop();
            m_trouble->setText(
                written ? tr("%1 moves are in %2.").arg(locale().toString(*written), file)
                        : messages::sentence(written.error()));
            m_trouble->show();
        });
}

void WhoMoves::exportMatrix(const QString &file)
{
    const bool isJson = file.endsWith(u".json"_qs, Qt::CaseInsensitive);
    const Result<void> written = models::writeTextFile(
        u"exporting a movement"_qs, file, isJson ? m_cells->asJson() : m_cells->asCsv());
    m_trouble->setText(written ? tr("The matrix is in %1.").arg(file)
                               : messages::sentence(written.error()));
    m_trouble->show();
}

} // namespace edgewise::widgets
