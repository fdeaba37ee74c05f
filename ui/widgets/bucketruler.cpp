// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/bucketruler.h>
#include <widgets/bucketruleraccessible.h>

#include <QHelpEvent>
#include <QSpinBox>
#include <QToolTip>

#include <cmath>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using evaluation::BucketRange;

namespace {

constexpr int barHeight = 16;
constexpr int savedHeight = 5;
constexpr int movedHeight = 3;
constexpr int reach = 6; ///< pixels beside a boundary that still take hold of it
constexpr int farStep = 10;

int textHeight()
{
    return QFontMetrics(theme::textFont(theme::TextSize::Small)).height();
}

QString percentText(int buckets, int count)
{
    const bool isWhole = buckets * 100 % count == 0;
    return QLocale().toString(100.0 * buckets / count, 'f', isWhole ? 0 : 1) + u" %"_qs;
}

} // namespace

BucketRuler::BucketRuler(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_editor(new QSpinBox(this))
{
    installBucketRulerAccessible();
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleDescription(tr("Up and Down choose a boundary, Left and Right move it by one bucket, "
                                "with Shift by ten, Home and End as far as it goes, Return types it"));
    m_editor->setObjectName(u"boundaryEditor"_qs);
    m_editor->setAccessibleName(tr("Boundary"));
    m_editor->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_editor->hide();
    m_editor->installEventFilter(this);
    connect(m_editor, &QSpinBox::editingFinished, this, &BucketRuler::takeTyped);
}

BucketRuler::~BucketRuler()
{
    // An editor that goes down with its window says that it is finished, to nobody.
    m_editor->disconnect(this);
}

void BucketRuler::setBuckets(const evaluation::BucketLayout &layout, const QList<Look> &looks)
{
    m_layout = layout;
    m_looks = looks;
    m_looks.resize(boundaryCount());
    m_current = boundaryCount() == 0 ? -1 : std::clamp(m_current, 0, boundaryCount() - 1);
    tell();
}

void BucketRuler::setSaved(const std::optional<evaluation::BucketLayout> &saved)
{
    m_saved = saved;
    updateGeometry();
    tell();
}

void BucketRuler::setEntityBucket(int bucket)
{
    m_entity = bucket;
    update();
}

void BucketRuler::setUnmatchedLabel(const QString &label)
{
    m_unmatchedLabel = label;
    tell();
}

void BucketRuler::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    setFocusPolicy(readOnly ? Qt::NoFocus : Qt::StrongFocus);
    update();
}

void BucketRuler::setCurrentBoundary(int boundary)
{
    if (boundary < 0 || boundary >= boundaryCount() || boundary == m_current)
        return;
    m_current = boundary;
    tell();
}

int BucketRuler::lowestEnd(int boundary) const
{
    return m_layout.ranges[size_t(boundary)].first;
}

int BucketRuler::highestEnd(int boundary) const
{
    return boundary + 1 < boundaryCount() ? m_layout.ranges[size_t(boundary) + 1].end
                                          : m_layout.count;
}

void BucketRuler::moveBoundary(int boundary, int end)
{
    if (m_readOnly || boundary < 0 || boundary >= boundaryCount())
        return;
    end = std::clamp(end, lowestEnd(boundary), highestEnd(boundary));
    BucketRange &range = m_layout.ranges[size_t(boundary)];
    if (range.end == end)
        return;
    range.end = end;
    range.percentage = evaluation::percentageOf(range.width());
    if (boundary + 1 < boundaryCount()) {
        BucketRange &next = m_layout.ranges[size_t(boundary) + 1];
        next.first = end;
        next.percentage = evaluation::percentageOf(next.width());
    } else {
        m_layout.unmatched = end;
    }
    tell();
    emit boundaryMoved(boundary, end);
}

QString BucketRuler::sentence(int range) const
{
    const bool isUnmatched = range >= boundaryCount();
    const int first = isUnmatched ? m_layout.unmatched : m_layout.ranges[size_t(range)].first;
    const int end = isUnmatched ? m_layout.count : m_layout.ranges[size_t(range)].end;
    const QString label = isUnmatched ? m_unmatchedLabel : m_looks[range].label;
    const QString share = percentText(end - first, m_layout.count);
    if (first == end)
        return tr("%1: no bucket").arg(label);
    return tr("%1: %2, buckets %3 to %4")
        .arg(label, share, locale().toString(first), locale().toString(end - 1));
}

/// Tells who cannot see it, and paints.
void BucketRuler::tell()
{
    QStringList words;
    for (int range = 0; range < boundaryCount(); ++range)
        words.append(sentence(range));
    if (m_layout.unmatched < m_layout.count)
        words.append(sentence(boundaryCount()));
    if (const int lost = int(std::lround(m_layout.lostToRounding)); lost > 0)
        words.append(tr("%n bucket(s) lost to rounding", nullptr, lost));
    if (m_saved) {
        int moved = 0;
        for (const evaluation::BucketMove &move : movedBuckets(*m_saved, m_layout))
            moved += move.end - move.first;
        words.append(tr("%n bucket(s) moved", nullptr, moved));
    }
    setAccessibleName(words.join(u"; "_qs));
    QAccessibleValueChangeEvent changed(this,
                                        m_current < 0 ? 0 : m_layout.ranges[size_t(m_current)].end);
    QAccessible::updateAccessibility(&changed);
    update();
}

QSize BucketRuler::sizeHint() const
{
    return {320, minimumSizeHint().height()};
}

QSize BucketRuler::minimumSizeHint() const
{
    const int comparison = m_saved ? movedHeight + savedHeight + 2 : 0;
    return {120, 2 * textHeight() + barHeight + comparison + 2 * grid};
}

QRectF BucketRuler::barRect() const
{
    // Room at both ends, so that the outermost handles are whole.
    return {reach + 0.5, textHeight() + grid + 0.5, width() - 2.0 * reach - 1, barHeight};
}

double BucketRuler::xOf(int bucket) const
{
    const QRectF bar = barRect();
    return bar.left() + bar.width() * bucket / m_layout.count;
}

int BucketRuler::bucketAt(double x) const
{
    const QRectF bar = barRect();
    const double share = (x - bar.left()) / std::max(bar.width(), 1.0);
    return int(std::lround(std::clamp(share, 0.0, 1.0) * m_layout.count));
}

/// The boundary under the pointer, the current one before others on the same spot; -1 for none.
int BucketRuler::boundaryAt(const QPoint &position) const
{
    const QRectF bar = barRect();
    if (position.y() < bar.top() - grid || position.y() > bar.bottom() + grid)
        return -1;
    int best = -1;
    double nearest = reach + 0.5;
    for (int i = 0; i < boundaryCount(); ++i) {
        const double distance = std::abs(xOf(m_layout.ranges[size_t(i)].end) - position.x());
        if (distance < nearest || (distance == nearest && i == m_current)) {
            nearest = distance;
            best = i;
        }
    }
    return best;
}

void BucketRuler::mousePressEvent(QMouseEvent *event)
{
    const int boundary = event->button() == Qt::LeftButton && !m_readOnly
                             ? boundaryAt(event->position().toPoint())
                             : -1;
    if (boundary < 0) {
        event->ignore();
        return;
    }
    setCurrentBoundary(boundary);
    m_dragging = true;
    m_dragStart = m_layout.ranges[size_t(boundary)].end;
    m_grip = event->position().x() - xOf(m_dragStart);
}

void BucketRuler::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging) {
        moveBoundary(m_current, bucketAt(event->position().x() - m_grip));
        return;
    }
    const bool isOver = !m_readOnly && boundaryAt(event->position().toPoint()) >= 0;
    setCursor(isOver ? Qt::SplitHCursor : Qt::ArrowCursor);
}

void BucketRuler::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_dragging || event->button() != Qt::LeftButton)
        return;
    m_dragging = false;
    if (m_layout.ranges[size_t(m_current)].end != m_dragStart)
        emit edited();
}

void BucketRuler::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int boundary = m_readOnly ? -1 : boundaryAt(event->position().toPoint());
    if (boundary < 0)
        return;
    m_dragging = false;
    setCurrentBoundary(boundary);
    openEditor();
}

void BucketRuler::keyPressEvent(QKeyEvent *event)
{
    if (m_readOnly || m_current < 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int end = m_layout.ranges[size_t(m_current)].end;
    const int step = event->modifiers() & Qt::ShiftModifier ? farStep : 1;
    int target = end;
    switch (event->key()) {
    case Qt::Key_Left:
        target = end - step;
        break;
    case Qt::Key_Right:
        target = end + step;
        break;
    case Qt::Key_Home:
        target = lowestEnd(m_current);
        break;
    case Qt::Key_End:
        target = highestEnd(m_current);
        break;
    case Qt::Key_Up:
        setCurrentBoundary(m_current - 1);
        return;
    case Qt::Key_Down:
        setCurrentBoundary(m_current + 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        openEditor();
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    moveBoundary(m_current, target);
    if (m_layout.ranges[size_t(m_current)].end != end)
        emit edited();
}

void BucketRuler::openEditor()
{
    m_editor->setRange(lowestEnd(m_current), highestEnd(m_current));
    m_editor->setValue(m_layout.ranges[size_t(m_current)].end);
    m_editor->adjustSize();
    const QRectF bar = barRect();
    const int left = int(xOf(m_layout.ranges[size_t(m_current)].end)) - m_editor->width() / 2;
    m_editor->move(std::clamp(left, 0, std::max(0, width() - m_editor->width())),
                   int(bar.center().y()) - m_editor->height() / 2);
    m_editor->show();
    m_editor->setFocus();
    m_editor->selectAll();
}

void BucketRuler::takeTyped()
{
    if (m_editor->isHidden())
        return;
    m_editor->hide();
    setFocus();
    const int before = m_layout.ranges[size_t(m_current)].end;
    moveBoundary(m_current, m_editor->value());
    if (m_layout.ranges[size_t(m_current)].end != before)
        emit edited();
}

/// The editor passes Return on to its parent, which would open it again.
bool BucketRuler::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_editor || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_editor->interpretText();
        takeTyped();
        return true;
    case Qt::Key_Escape:
        m_editor->setValue(m_layout.ranges[size_t(m_current)].end);
        takeTyped();
        return true;
    default:
        return false;
    }
}

bool BucketRuler::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int bucket = std::min(bucketAt(help->pos().x()), m_layout.count - 1);
        const BucketRange *range = m_layout.rangeOf(bucket);
        QToolTip::showText(help->globalPos(),
                           sentence(range ? int(range - m_layout.ranges.data()) : boundaryCount()),
                           this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace edgewise::widgets
