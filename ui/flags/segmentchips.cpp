// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/segmentchips.h>
#include <flags/segmentwords.h>
#include <theme/appearance.h>
#include <widgets/flowlayout.h>
#include <widgets/parts.h>

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStandardItemModel>
#include <QToolButton>

#include <algorithm>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int keyRole = Qt::UserRole;
constexpr int addWidth = 132;

/// A chip's frame, in the theme's colours of the moment.
class ChipFrame : public QWidget {
public:
    ChipFrame(const theme::Appearance &appearance, bool exists, QWidget *parent)
        : QWidget(parent), m_appearance(appearance), m_exists(exists)
    {
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const theme::Tokens &tokens = m_appearance.tokens();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(m_exists ? tokens.border : tokens.bad);
        painter.setBrush(tokens.ground);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }

private:
    const theme::Appearance &m_appearance;
    bool m_exists;
};

} // namespace

SegmentChips::SegmentChips(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_flow(new widgets::FlowLayout(this)),
      m_offers(new QStandardItemModel(this)), m_add(new QLineEdit(this))
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_add->setObjectName(u"addSegment"_qs);
    m_add->setAccessibleName(tr("Add a segment"));
    m_add->setPlaceholderText(tr("add segment"));
    m_add->setFixedWidth(addWidth);
    m_add->installEventFilter(this);
    auto *completer = new QCompleter(m_offers, m_add);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setMaxVisibleItems(12);
    m_add->setCompleter(completer);
    connect(completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            [this](const QModelIndex &index) { add(index.data(keyRole).toString()); });
    connect(m_add, &QLineEdit::returnPressed, this, &SegmentChips::addTyped);
}

void SegmentChips::setSegments(const std::vector<SegmentKey> &segments, int segmentOperator,
                               const std::shared_ptr<const flags::Namespace> &nameSpace)
{
    const bool sameOffers =
        nameSpace && m_nameSpace && nameSpace->segments == m_nameSpace->segments;
    if (sameOffers && segments == m_segments && segmentOperator == m_operator)
        return;
    m_segments = segments;
    m_operator = segmentOperator;
    m_nameSpace = nameSpace;
    rebuild();
}

void SegmentChips::setReadOnly(bool readOnly)
{
    if (readOnly == m_isReadOnly)
        return;
    m_isReadOnly = readOnly;
    rebuild();
}

void SegmentChips::focusAdd()
{
    m_add->setFocus(Qt::OtherFocusReason);
}

QString SegmentChips::sentence() const
{
    return segmentTexts(m_segments).join(u' ' + operatorWord(m_operator) + u' ');
}

QWidget *SegmentChips::makeChip(const SegmentKey &segment, bool exists)
{
    auto *chip = new ChipFrame(m_appearance, exists, this);
    auto *line = new QHBoxLayout(chip);
    line->setContentsMargins(grid, 1, 1, 1);
    line->setSpacing(0);
    auto *open = new QToolButton(chip);
    open->setObjectName(u"segmentChip"_qs);
    open->setAutoRaise(true);
    open->setFont(theme::codeFont());
    open->setFocusPolicy(Qt::StrongFocus);
    open->setText(QFontMetrics(open->font())
                      .elidedText(segment.text(), Qt::ElideMiddle, 220)
                      .replace(u'&', u"&&"_qs));
    open->setAccessibleName(tr("Open segment %1").arg(segment.text()));
    open->setToolTip(
        exists ? tr("Open segment %1").arg(segment.text().left(500))
               : tr("Segment %1 does not exist in this namespace").arg(segment.text().left(500)));
    connect(open, &QToolButton::clicked, this, [this, segment] { emit openRequested(segment); });
    line->addWidget(open);
    if (!exists) {
        auto *missing =
            new QLabel(theme::stateGlyph(theme::State::Bad) + u' ' + tr("missing"), chip);
        missing->setContentsMargins(grid, 0, grid, 0);
        line->addWidget(missing);
    }
    if (!m_isReadOnly) {
        QToolButton *take =
            widgets::iconButton(m_appearance, u"close"_qs, u"removeSegment"_qs,
                                tr("Take segment %1 out").arg(segment.text()), chip);
        connect(take, &QToolButton::clicked, this, [this, segment] { remove(segment); });
        line->addWidget(take);
    }
    return chip;
}

void SegmentChips::rebuild()
{
    const bool hadFocus = m_add->hasFocus();
    m_flow->clearAllBut(m_add);
    for (size_t i = 0; i < m_segments.size(); ++i) {
        if (i > 0) {
            auto *joint = new QToolButton(this);
            joint->setObjectName(u"segmentOperator"_qs);
            joint->setAutoRaise(true);
            joint->setFocusPolicy(i == 1 ? Qt::StrongFocus : Qt::NoFocus);
            joint->setText(operatorWord(m_operator));
            joint->setAccessibleName(m_operator == flags::AndOperator
                                         ? tr("AND: all of the segments. Press for any of them")
                                         : tr("OR: any of the segments. Press for all of them"));
            joint->setToolTip(m_operator == flags::AndOperator
                                  ? tr("All of the segments must match. Click for any of them.")
                                  : tr("Any of the segments is enough. Click for all of them."));
            joint->setEnabled(!m_isReadOnly);
            connect(joint, &QToolButton::clicked, this, [this] {
                emit edited(m_segments, m_operator == flags::AndOperator ? flags::OrOperator
                                                                         : flags::AndOperator);
            });
            m_flow->addWidget(joint);
            joint->show();
        }
        QWidget *chip = makeChip(m_segments[i], m_nameSpace && m_nameSpace->segment(m_segments[i]));
        m_flow->addWidget(chip);
        chip->show();
    }
    m_flow->addWidget(m_add);
    m_add->setVisible(!m_isReadOnly);
    offerSegments();
    if (hadFocus)
        m_add->setFocus();
    updateGeometry();
}

void SegmentChips::offerSegments()
{
    m_offers->clear();
    if (!m_nameSpace)
        return;
    for (const auto &segment : m_nameSpace->segments) {
        if (std::ranges::find(m_segments, segment->key) != m_segments.end())
            continue;
        const QString key = segment->key.text();
        auto *item = new QStandardItem(segment->name.isEmpty() || segment->name == key
                                           ? key
                                           : key + u"  ·  "_qs + segment->name);
        item->setData(key, keyRole);
        m_offers->appendRow(item);
    }
}

void SegmentChips::add(const QString &key)
{
    // Later, because the completer writes its text into the line after it has told.
    QMetaObject::invokeMethod(m_add, &QLineEdit::clear, Qt::QueuedConnection);
    if (key.isEmpty() || std::ranges::find(m_segments, SegmentKey(key)) != m_segments.end())
        return;
    std::vector<SegmentKey> segments = m_segments;
    segments.emplace_back(key);
    emit edited(segments, m_operator);
}

void SegmentChips::addTyped()
{
    const QString text = m_add->text().trimmed();
    if (text.isEmpty())
        return;
    QString only;
    int hits = 0;
    for (int row = 0; row < m_offers->rowCount(); ++row) {
        const QString key = m_offers->item(row)->data(keyRole).toString();
        if (key == text)
            return add(key);
        if (m_offers->item(row)->text().contains(text, Qt::CaseInsensitive)) {
            only = key;
            ++hits;
        }
    }
    if (hits == 1)
        add(only);
}

void SegmentChips::remove(const SegmentKey &segment)
{
    std::vector<SegmentKey> segments = m_segments;
    std::erase(segments, segment);
    emit edited(segments, segments.size() < 2 ? int(flags::OrOperator) : m_operator);
}

/// A click or Down shows what there is to choose from; Backspace in the empty line takes the last
/// chip out.
bool SegmentChips::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_add)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::MouseButtonRelease) {
        m_add->completer()->setCompletionPrefix(m_add->text());
        m_add->completer()->complete();
    } else if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Down && key->modifiers() == Qt::NoModifier) {
            m_add->completer()->setCompletionPrefix(m_add->text());
            m_add->completer()->complete();
            return true;
        }
        if (key->key() == Qt::Key_Backspace && m_add->text().isEmpty() && !m_segments.empty()) {
            remove(m_segments.back());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace edgewise::flagspage
