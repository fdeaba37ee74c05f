// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/statelooks.h>
#include <replication/topologyview.h>
#include <theme/appearance.h>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::NodeTableModel;

namespace {

constexpr int trunk = inside + iconSmall / 2; // where the edges leave the primary
constexpr int widestName = 260;

} // namespace

TopologyView::TopologyView(const theme::Appearance &appearance, NodeTableModel &model,
                           QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_model(model)
{
    setObjectName(u"topology"_qs);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    const auto relayout = [this] {
        m_current = std::clamp(m_current, 0, std::max(0, m_model.rowCount({}) - 1));
        updateGeometry();
        describe();
        update();
    };
    connect(&model, &QAbstractItemModel::modelReset, this, relayout);
    connect(&model, &QAbstractItemModel::dataChanged, this, [this] {
        describe();
        update();
    });
    describe();
}

void TopologyView::setFlipts(const QList<TopologyFlipt> &flipts)
{
    if (flipts == m_flipts)
        return;
    m_flipts = flipts;
    updateGeometry();
    describe();
    update();
}

theme::State TopologyView::stateOf(int row) const
{
    const auto sample = m_model.sample(row);
    return sample ? lookOf(sample->judgement.state) : theme::State::Off;
}

QString TopologyView::lagText(int row) const
{
    const auto sample = m_model.sample(row);
    if (!sample || !sample->judgement.nanosecondsBehind)
        return u"—"_qs;
    const qint64 behind = *sample->judgement.nanosecondsBehind;
    return behind == 0 ? u"0 ms"_qs : replication::durationInWords(behind);
}

QString TopologyView::detailText(int row) const
{
    const auto sample = m_model.sample(row);
    if (!sample)
        return tr("not asked yet");
    if (sample->role == replication::Role::Primary
        && sample->judgement.state == replication::State::Primary)
        return sample->index ? tr("frame %1").arg(QLocale().toString(*sample->index))
                             : tr("empty log");
    return models::stateWord(sample->judgement.state);
}

QList<TopologyFlipt> TopologyView::fliptsOf(int row) const
{
    QList<TopologyFlipt> flipts;
    for (const TopologyFlipt &flipt : m_flipts) {
        const bool isKnown =
            std::any_of(m_model.nodes().begin(), m_model.nodes().end(),
                        [&](const NodeTableModel::Node &node) { return node.text == flipt.node; });
        if (isKnown ? m_model.nodes()[row].text == flipt.node : row == 0)
            flipts.append(flipt);
    }
    return flipts;
}

int TopologyView::edgeWidth() const
{
    // Of the longest figure, so that no node moves when its lag does.
    return fontMetrics().horizontalAdvance(u"59 min 59 s"_qs) + 2 * between;
}

int TopologyView::nodeWidth() const
{
    int width = 0;
    for (int row = 0; row < m_model.rowCount({}); ++row)
        width = std::max(width, fontMetrics().horizontalAdvance(m_model.nodes()[row].name));
    return iconSmall + grid + std::min(width, widestName) + inside
           + fontMetrics().horizontalAdvance(u"catching up "_qs) + inside;
}

QRect TopologyView::nodeRect(int row) const
{
    const int left = row == 0 ? inside : trunk + edgeWidth();
    return {left - grid, row * theme::metrics::row + grid, nodeWidth() + 2 * grid,
            theme::metrics::row};
}

QSize TopologyView::sizeHint() const
{
    int width = 0;
    const int rows = m_model.rowCount({});
    for (int row = 0; row < rows; ++row) {
        int right = nodeRect(row).right();
        const QList<TopologyFlipt> flipts = fliptsOf(row);
        for (const TopologyFlipt &flipt : flipts)
            right +=
                between + iconSmall + grid + fontMetrics().horizontalAdvance(flipt.name) + inside;
        width = std::max(width, right);
    }
    return {width + inside, std::max(2, rows) * theme::metrics::row + 2 * grid};
}

void TopologyView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int rows = m_model.rowCount({});
    for (int row = 1; row < rows; ++row)
        drawEdge(painter, row);
    for (int row = 0; row < rows; ++row) {
        drawNode(painter, row);
        drawFlipts(painter, row);
    }
}

void TopologyView::drawEdge(QPainter &painter, int row) const
{
    const theme::State state = stateOf(row);
    const QRect node = nodeRect(row);
    const int y = node.center().y();
    // A link that carries nothing is drawn broken; so it is told apart without its colour too.
    const bool isBroken =
        state == theme::State::Off || state == theme::State::Late || state == theme::State::Foreign;
    QPen pen(m_appearance.tokens().border, 1.5);
    painter.setPen(pen);
    painter.drawLine(trunk, nodeRect(0).bottom() - grid, trunk, y);
    pen.setColor(m_appearance.theme().state(state));
    pen.setStyle(isBroken ? Qt::DashLine : Qt::SolidLine);
    painter.setPen(pen);
    const QString text = lagText(row);
    const int width = fontMetrics().horizontalAdvance(text);
    const QRect label(trunk + (edgeWidth() - width) / 2 - grid, node.top(), width + 2 * grid,
                      node.height());
    painter.drawLine(trunk, y, label.left(), y);
    painter.drawLine(label.right(), y, node.left(), y);
    painter.setPen(m_appearance.tokens().text);
    painter.drawText(label, Qt::AlignCenter, text);
}

void TopologyView::drawNode(QPainter &painter, int row) const
{
    const QRect rect = nodeRect(row);
    const theme::Tokens &tokens = m_appearance.tokens();
    if (row == m_current || row == m_hovered) {
        painter.setPen(row == m_current && hasFocus() ? QPen(tokens.accent, 2) : QPen(Qt::NoPen));
        painter.setBrush(row == m_current ? tokens.selection : tokens.hover);
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
    }
    const QRect icon(rect.left() + grid, rect.top() + (rect.height() - iconSmall) / 2, iconSmall,
                     iconSmall);
    m_appearance.stateIcon(stateOf(row)).paint(&painter, icon);
    const QString detail = detailText(row);
    const int detailWidth = fontMetrics().horizontalAdvance(detail);
    const QRect words = rect.adjusted(2 * grid + iconSmall, 0, -grid, 0);
    const QString name = fontMetrics().elidedText(m_model.nodes()[row].name, Qt::ElideMiddle,
                                                  words.width() - detailWidth - inside);
    painter.setPen(tokens.text);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.setPen(tokens.secondary);
    painter.drawText(words.adjusted(fontMetrics().horizontalAdvance(name) + inside, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, detail);
}

void TopologyView::drawFlipts(QPainter &painter, int row) const
{
    const theme::Tokens &tokens = m_appearance.tokens();
    const QRect node = nodeRect(row);
    int left = node.right();
    const QList<TopologyFlipt> flipts = fliptsOf(row);
    for (const TopologyFlipt &flipt : flipts) {
        painter.setPen(QPen(tokens.border, 1.5));
        painter.drawLine(left, node.center().y(), left + between - grid, node.center().y());
        left += between;
        const QRect icon(left, node.top() + (node.height() - iconSmall) / 2, iconSmall, iconSmall);
        m_appearance.stateIcon(flipt.state).paint(&painter, icon);
        left += iconSmall + grid;
        const int width = fontMetrics().horizontalAdvance(flipt.name) + inside;
        painter.setPen(tokens.text);
        painter.drawText(QRect(left, node.top(), width, node.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, flipt.name);
        left += width;
    }
}

int TopologyView::rowAt(const QPoint &position) const
{
    for (int row = 0; row < m_model.rowCount({}); ++row) {
        if (nodeRect(row).contains(position))
            return row;
    }
    return -1;
}

void TopologyView::choose(int row)
{
    if (row < 0 || row >= m_model.rowCount({}))
        return;
    m_current = row;
    describe();
    update();
}

void TopologyView::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position().toPoint());
    if (row < 0 || event->button() != Qt::LeftButton)
        return;
    choose(row);
    emit nodeChosen(m_model.nodes()[row].text);
}

void TopologyView::mouseMoveEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position().toPoint());
    if (row == m_hovered)
        return;
    m_hovered = row;
    setCursor(row < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
    update();
}

void TopologyView::leaveEvent(QEvent *event)
{
    m_hovered = -1;
    update();
    QWidget::leaveEvent(event);
}

void TopologyView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        choose(m_current - 1);
        break;
    case Qt::Key_Down:
        choose(m_current + 1);
        break;
    case Qt::Key_Home:
        choose(0);
        break;
    case Qt::Key_End:
        choose(m_model.rowCount({}) - 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current < m_model.rowCount({}))
            emit nodeChosen(m_model.nodes()[m_current].text);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool TopologyView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int row = rowAt(help->pos());
    const auto sample = row < 0 ? std::nullopt : m_model.sample(row);
    QToolTip::showText(help->globalPos(),
                       sample ? u"%1\n%2"_qs.arg(sample->node, sample->judgement.why) : QString(),
                       this);
    return true;
}

void TopologyView::describe()
{
    QStringList parts;
    for (int row = 0; row < m_model.rowCount({}); ++row) {
        QString part = u"%1: %2"_qs.arg(m_model.nodes()[row].name, detailText(row));
        if (row > 0)
            part += tr(", %1 behind").arg(lagText(row));
        const QList<TopologyFlipt> flipts = fliptsOf(row);
        for (const TopologyFlipt &flipt : flipts)
            part += tr(", in front %1 (%2)").arg(flipt.name, flipt.word);
        parts.append(part);
    }
    setAccessibleName(tr("Topology"));
    setAccessibleDescription(parts.join(u"; "));
}

} // namespace edgewise::replicationpage
