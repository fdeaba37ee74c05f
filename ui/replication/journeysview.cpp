// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/lagaxis.h>
#include <replication/journeysview.h>
#include <theme/appearance.h>
#include <widgets/emptystate.h>

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::JourneyModel;
using workspace::Journey;
using workspace::JourneyFigures;
using workspace::JourneyStop;

namespace {

constexpr int markWidth = 5;

QString figuresText(const QString &what, const std::optional<JourneyFigures> &figures)
{
    if (!figures)
        return {};
    const QString sign = figures->isBound ? u"≤ "_qs : QString();
    return JourneysView::tr("%1: p50 %2, p95 %3")
        .arg(what, sign + replication::durationInWords(figures->median),
             sign + replication::durationInWords(figures->worst));
}

} // namespace

WaterfallDelegate::WaterfallDelegate(const theme::Appearance &appearance, QObject *parent)
    : QStyledItemDelegate(parent), m_appearance(appearance)
{
}

void WaterfallDelegate::setScale(qint64 end, const std::optional<JourneyFigures> &figures)
{
    m_end = std::max<qint64>(1, end);
    m_figures = figures;
}

void WaterfallDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const auto journey = index.data(JourneyModel::JourneyRole).value<Journey>();
    const theme::Tokens &tokens = m_appearance.tokens();
    const QRect room = option.rect.adjusted(inside, grid, -inside, -grid);
    const auto x = [&](qint64 nanoseconds) {
        return room.left()
               + int(double(std::min(nanoseconds, m_end)) / double(m_end) * room.width());
    };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (m_figures) {
        painter->setPen(QPen(tokens.border, 1));
        for (const qint64 line : {m_figures->median, m_figures->worst})
            painter->drawLine(x(line), option.rect.top(), x(line), option.rect.bottom());
    }
    painter->setPen(QPen(tokens.secondary, 1));
    painter->drawLine(room.left(), room.center().y(), x(journey.longest()), room.center().y());
    for (const JourneyStop &stop : journey.stops) {
        const auto after = journey.after(stop);
        if (!after)
            continue;
        const QRect mark(x(*after) - markWidth / 2, room.top(), markWidth, room.height());
        switch (stop.kind) {
        case JourneyStop::Kind::Row:
            painter->setPen(Qt::NoPen);
            painter->setBrush(tokens.ok);
            painter->drawRect(mark);
            break;
        case JourneyStop::Kind::Stamp:
            painter->setPen(QPen(tokens.ok, 1.5));
            painter->setBrush(tokens.surface);
            painter->drawRect(mark);
            break;
        case JourneyStop::Kind::Flipt:
            painter->setPen(Qt::NoPen);
            painter->setBrush(tokens.accent);
            painter->drawEllipse(mark.center(), markWidth, markWidth);
            break;
        }
    }
    painter->restore();
}

JourneysView::JourneysView(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_figures(new QLabel(this)), m_table(new QTableView(this)),
      m_waterfall(new WaterfallDelegate(appearance, this)),
      m_empty(new widgets::EmptyState(appearance, u"replication"_qs, this)),
      m_stack(new QStackedLayout)
{
    setObjectName(u"journeys"_qs);
    m_figures->setObjectName(u"journeyFigures"_qs);
    m_figures->setTextFormat(Qt::PlainText);
    m_figures->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_figures->setWordWrap(true);
    m_empty->setContent(tr("Each save appears here, with the time until every replica and Flipt "
                           "shows it. None was made since the window was opened."));
    m_table->setObjectName(u"journeyTable"_qs);
    m_table->setAccessibleName(tr("Saves on their way to the edge"));
    m_table->setModel(&m_model);
    m_table->setItemDelegateForColumn(JourneyModel::WaterfallColumn, m_waterfall);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(compactRow);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(true);
    const QFontMetrics metrics(theme::textFont());
    const auto setWidth = [&](int column, const QString &widest) {
        m_table->setColumnWidth(column, metrics.horizontalAdvance(widest) + 3 * inside);
    };
    setWidth(JourneyModel::TimeColumn, u"00:00:00"_qs);
    setWidth(JourneyModel::ChangeColumn, tr("somebody: %1").arg(u"default, team-a"_qs));
    setWidth(JourneyModel::ArrivalsColumn, u"replica-1 ≤ 999 ms · flipt-primary 999 ms"_qs);
    auto *copy = new QAction(tr("Copy"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &JourneysView::copySelection);
    m_table->addAction(copy);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addWidget(m_figures);
    column->addLayout(m_stack, 1);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &JourneysView::update);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &JourneysView::update);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &JourneysView::update);
    update();
}

void JourneysView::setLog(const workspace::JourneyLog *log)
{
    m_model.setLog(log);
}

void JourneysView::update()
{
    const QList<Journey> &journeys = m_model.journeys();
    const auto rows = workspace::journeyFigures(journeys, JourneyStop::Kind::Row);
    const auto stamps = workspace::journeyFigures(journeys, JourneyStop::Kind::Stamp);
    const auto flipts = workspace::journeyFigures(journeys, JourneyStop::Kind::Flipt);
    QStringList parts{figuresText(tr("Row at a replica"), rows),
                      figuresText(tr("version at a replica"), stamps),
                      figuresText(tr("Flipt answers by it"), flipts)};
    parts.removeAll(QString());
    m_figures->setText(parts.join(u" · "));
    m_figures->setVisible(!parts.isEmpty());
    qint64 longest = 0;
    constexpr qsizetype lookedAt = 50; // the newest decide the axis
    for (qsizetype i = std::max<qsizetype>(0, journeys.size() - lookedAt); i < journeys.size(); ++i)
        longest = std::max(longest, journeys[i].longest());
    m_waterfall->setScale(qint64(models::axisEnd(double(longest), 1e6)), rows);
    m_table->viewport()->update();
    m_stack->setCurrentWidget(journeys.isEmpty() ? static_cast<QWidget *>(m_empty) : m_table);
}

void JourneysView::copySelection()
{
    QStringList lines;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (int column = 0; column < JourneyModel::WaterfallColumn; ++column)
            cells.append(row.siblingAtColumn(column).data().toString());
        lines.append(cells.join(u'\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace edgewise::replicationpage
