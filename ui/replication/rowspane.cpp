// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/whenready.h>
#include <replication/rowspane.h>
#include <replication/sidebyside.h>
#include <theme/appearance.h>
#include <widgets/busyindicator.h>
#include <widgets/emptystate.h>
#include <widgets/messagebar.h>

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QStackedLayout>
#include <QToolButton>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int settleMilliseconds = 60; // several samples of one move lead to one comparison
constexpr int withoutSamples = 2000;   // files tell no position: looked at every two seconds

QString countText(qint64 count)
{
    return QLocale().toString(count);
}

QLabel *buddy(const QString &text, QWidget *field)
{
    auto *label = new QLabel(text, field->parentWidget());
    label->setBuddy(field);
    return label;
}

} // namespace

RowsPane::RowsPane(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_tables(new QComboBox(this)),
      m_replicas(new QComboBox(this)),
      m_onlyDifferences(new QCheckBox(tr("Only &differences"), this)),
      m_filter(new QLineEdit(this)), m_counts(new QLabel(this)),
      m_busy(new widgets::BusyIndicator(appearance, this)),
      m_message(new widgets::MessageBar(appearance, this)),
      m_empty(new widgets::EmptyState(appearance, u"replication"_qs, this)),
      m_sides(new SideBySide(appearance, m_model, this)),
      m_line(new QBoxLayout(QBoxLayout::LeftToRight)), m_stack(new QStackedLayout)
{
    m_tables->setObjectName(u"tableChooser"_qs);
    m_tables->setAccessibleName(tr("Table"));
    m_tables->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_tables->setMaximumWidth(240);
    m_replicas->setObjectName(u"replicaChooser"_qs);
    m_replicas->setAccessibleName(tr("Replica"));
    m_replicas->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_replicas->setMaximumWidth(200);
    m_onlyDifferences->setObjectName(u"onlyDifferences"_qs);
    m_filter->setObjectName(u"rowFilter"_qs);
    m_filter->setAccessibleName(tr("Filter the rows"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(80);
    m_filter->setMaximumWidth(180);
    m_counts->setObjectName(u"differenceCounts"_qs);
    m_counts->setTextFormat(Qt::PlainText);
    m_counts->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *line = new QHBoxLayout;
    line->setSpacing(inside);
    line->addWidget(buddy(tr("&Table"), m_tables));
    line->addWidget(m_tables);
    line->addSpacing(grid);
    line->addWidget(buddy(tr("Re&plica"), m_replicas));
    line->addWidget(m_replicas);
    line->addSpacing(grid);
    line->addWidget(m_onlyDifferences);
    line->addStretch();
    line->addWidget(m_busy);
    auto *rest = new QHBoxLayout;
    rest->setSpacing(grid);
    rest->addWidget(stepButton(-1));
    rest->addWidget(stepButton(1));
    rest->addWidget(m_filter);
    rest->addSpacing(grid);
    rest->addWidget(m_counts, 1);
    m_counts->setWordWrap(true);
    m_counts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    m_line->setSpacing(inside);
    m_line->addLayout(line);
    m_line->addLayout(rest, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_sides);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addLayout(m_line);
    column->addWidget(m_message);
    column->addLayout(m_stack, 1);

    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &RowsPane::refresh);
    connect(m_tables, &QComboBox::currentIndexChanged, this, &RowsPane::chooseTarget);
    connect(m_replicas, &QComboBox::currentIndexChanged, this, &RowsPane::chooseTarget);
    connect(m_onlyDifferences, &QCheckBox::toggled, &m_model,
            &models::RowDifferenceModel::setOnlyDifferences);
    connect(m_filter, &QLineEdit::textChanged, &m_model, &models::RowDifferenceModel::setFilter);
    connect(&m_diff, &replication::LiveTableDiff::compared, this, &RowsPane::show);
    connect(&m_diff, &replication::LiveTableDiff::failed, this, &RowsPane::showError);
    setSources({});
}

QToolButton *RowsPane::stepButton(int direction)
{
    auto *action =
        new QAction(m_appearance.icon(direction < 0 ? u"chevron-up"_qs : u"chevron-down"_qs),
                    direction < 0 ? tr("Previous difference") : tr("Next difference"), this);
    action->setObjectName(direction < 0 ? u"previousDifference"_qs : u"nextDifference"_qs);
    action->setShortcut(direction < 0 ? Qt::SHIFT | Qt::Key_F7 : QKeySequence(Qt::Key_F7));
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setToolTip(u"%1 (%2)"_qs.arg(action->text(), action->shortcut().toString()));
    addAction(action);
    connect(action, &QAction::triggered, this,
            [this, direction] { m_sides->goToDifference(direction); });
    auto *button = new QToolButton(this);
    button->setObjectName(action->objectName() + u"Button"_qs);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    return button;
}

void RowsPane::setSources(const QList<RowSource> &sources)
{
    m_diff.setTarget(nullptr, nullptr, {});
    m_sources = sources;
    m_samples.clear();
    ++m_generation;
    m_model.clear();
    const QSignalBlocker quiet(m_replicas);
    m_replicas->clear();
    for (const RowSource &source : sources.mid(1))
        m_replicas->addItem(source.name, source.text);
    m_replicas->setEnabled(m_replicas->count() > 1);
    m_tables->setEnabled(sources.size() > 1);
    m_onlyDifferences->setEnabled(sources.size() > 1);
    m_counts->clear();
    m_message->clear();
    m_empty->setContent(
        sources.isEmpty() ? tr("Open a connection to compare its nodes row by row.")
        : sources.size() == 1
            ? tr("This connection has no replica. Rows stand side by side once one is added.")
            : tr("The primary has no table yet."));
    m_stack->setCurrentWidget(m_empty);
    updateTitles();
    if (sources.size() > 1)
        readTables();
}

void RowsPane::readTables()
{
    const int generation = m_generation;
    whenReady(m_sources.first().connection->tables(), this,
              [this, generation](const Result<QList<store::TableInfo>> &tables) {
                  if (generation != m_generation)
                      return;
                  if (tables)
                      setTables(*tables);
                  else
                      showError(tables.error());
              });
}

void RowsPane::setTables(const QList<store::TableInfo> &tables)
{
    const QString chosen = m_tables->currentText();
    QStringList names;
    for (const store::TableInfo &table : tables)
        names.append(table.name);
    QStringList known;
    for (int i = 0; i < m_tables->count(); ++i)
        known.append(m_tables->itemText(i));
    if (names == known)
        return;
    {
        const QSignalBlocker quiet(m_tables);
        m_tables->clear();
        m_tables->addItems(names);
        const QString wanted = names.contains(chosen) ? chosen : u"flags"_qs;
        m_tables->setCurrentIndex(std::max(0, int(names.indexOf(wanted))));
    }
    chooseTarget();
}

const RowSource *RowsPane::replica() const
{
    const int place = m_replicas->currentIndex() + 1;
    return place > 0 && place < m_sources.size() ? &m_sources[place] : nullptr;
}

void RowsPane::chooseTarget()
{
    m_message->clear();
    updateTitles();
    if (!replica() || m_tables->currentText().isEmpty())
        return;
    m_busy->start(tr("Comparing %1").arg(m_tables->currentText()));
    m_diff.setTarget(m_sources.first().connection, replica()->connection, m_tables->currentText());
}

void RowsPane::chooseReplica(const QString &text)
{
    if (const int index = m_replicas->findData(text); index >= 0)
        m_replicas->setCurrentIndex(index);
}

void RowsPane::take(const replication::NodeSample &sample)
{
    const auto before = m_samples.constFind(sample.node);
    const bool moved = before == m_samples.constEnd() || before->index != sample.index
                       || before->logId != sample.logId;
    m_samples[sample.node] = sample;
    const bool concerns = (!m_sources.isEmpty() && m_sources.first().text == sample.node)
                          || (replica() && replica()->text == sample.node);
    if (!concerns || !moved)
        return;
    updateTitles();
    // A node that went away has nothing new to read.
    if (sample.judgement.state != replication::State::Unreachable)
        refreshSoon();
}

void RowsPane::refreshSoon()
{
    m_stale = true;
    if (isVisible() && (!m_delay.isActive() || m_delay.remainingTime() > settleMilliseconds))
        m_delay.start(settleMilliseconds);
}

void RowsPane::refresh()
{
    if (m_sources.size() < 2 || !isVisible())
        return;
    m_stale = false;
    m_diff.refresh();
    readTables(); // a new table is a move too
}

void RowsPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        refreshSoon();
}

void RowsPane::show(const replication::LiveTableDiff::Found &found)
{
    m_busy->stop();
    m_message->clear();
    const RowSource *other = replica();
    if (!other)
        return;
    const auto sample = m_samples.constFind(other->text);
    const bool isForeign =
        sample != m_samples.constEnd() && sample->judgement.state == replication::State::Foreign;
    const bool isNode = found.summary.a.index || found.summary.b.index;
    const bool inFlight = isNode && !isForeign && !found.summary.isSamePosition();
    m_isCut = found.isCut;
    m_comparedAt = QTime::currentTime();
    m_model.setRows(found.summary.table, found.rows, found.summary.counts, inFlight);
    m_stack->setCurrentWidget(m_sides);
    updateTitles();
    if (isNode && !isForeign && found.summary.isSamePosition() && found.summary.b.index
        && sample != m_samples.constEnd()) {
        const replication::RowCounts &counts = found.summary.counts;
        emit contentChecked(
            other->text,
            {.logId = sample->logId,
             .index = *found.summary.b.index,
             .equal = counts.isEqual(),
             .difference = tr("table %1: %2 of its rows differ")
                               .arg(found.summary.table.name,
                                    countText(counts.changed + counts.onlyA + counts.onlyB)),
             .table = found.summary.table.name});
    }
    // Read while it moved: again, until both stand still; and files do not tell when they move.
    if (inFlight)
        m_delay.start(4 * settleMilliseconds);
    else if (!isNode && isVisible())
        m_delay.start(withoutSamples);
}

void RowsPane::showError(const Error &error)
{
    m_busy->stop();
    m_message->showMessage({.state = theme::State::Bad,
                            .what = tr("The rows could not be compared. What is shown is the last "
                                       "comparison."),
                            .why = error.detail});
}

void RowsPane::updateTitles()
{
    m_sides->setTitles(m_sources.isEmpty() ? QString() : titleOf(m_sources.first()),
                       replica() ? titleOf(*replica()) : QString());
    m_counts->setText(m_model.columnsPerSide() > 0 ? countsText() : QString());
    arrangeLine();
}

/// The counts stand beside what is chosen where there is room for all of them, else below.
void RowsPane::arrangeLine()
{
    const int counts = m_counts->fontMetrics().horizontalAdvance(m_counts->text());
    const int chosen = m_line->itemAt(0)->sizeHint().width();
    const int tools = m_line->itemAt(1)->minimumSize().width();
    const bool fits = chosen + inside + tools + counts <= width();
    m_line->setDirection(fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_counts->setAlignment((fits ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

void RowsPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeLine();
}

bool RowsPane::isReachable(const RowSource &source) const
{
    const auto sample = m_samples.constFind(source.text);
    return sample == m_samples.constEnd()
           || sample->judgement.state != replication::State::Unreachable;
}

QString RowsPane::titleOf(const RowSource &source) const
{
    const auto sample = m_samples.constFind(source.text);
    if (sample == m_samples.constEnd())
        return source.name;
    if (!isReachable(source))
        return tr("%1 (unreachable)").arg(source.name);
    if (!sample->index)
        return source.name;
    return tr("%1 (frame %2)").arg(source.name, QLocale().toString(*sample->index));
}

QString RowsPane::countsText() const
{
    const replication::RowCounts &counts = m_model.counts();
    QString text = tr("same %1 · changed %2 · only primary %3 · only replica %4")
                       .arg(countText(counts.same), countText(counts.changed),
                            countText(counts.onlyA), countText(counts.onlyB));
    if (m_model.isInFlight() && !counts.isEqual())
        text += tr(" · in flight");
    if (m_isCut)
        text += tr(" · the first %1 are shown").arg(countText(m_model.rowCount({})));
    if (!m_sources.isEmpty() && replica()
        && !(isReachable(m_sources.first()) && isReachable(*replica())))
        text += tr(" · as of %1").arg(m_comparedAt.toString(u"HH:mm:ss"_qs));
    return text;
}

} // namespace edgewise::replicationpage
