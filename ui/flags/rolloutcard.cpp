// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/edit.h>
#include <flags/rolloutcard.h>
#include <flags/segmentchips.h>
#include <theme/appearance.h>
#include <widgets/linefield.h>
#include <widgets/parts.h>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSlider>

#include <cmath>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

/// The buckets of a threshold as a layout with one range.
evaluation::BucketLayout layoutOf(const flags::Threshold &threshold)
{
    evaluation::BucketLayout layout;
    layout.count = evaluation::thresholdBuckets;
    const int end = evaluation::buckets(threshold);
    layout.ranges.push_back(
        {0, end, 0, VariantId(threshold.value ? u"on"_qs : u"off"_qs), threshold.percentage});
    layout.unmatched = end;
    return layout;
}

} // namespace

RolloutCard::RolloutCard(const theme::Appearance &appearance, const RolloutId &id, QWidget *parent)
    : MovableCard(appearance, id.text(), parent), m_rollout(id), m_share(new QWidget(this)),
      m_slider(new QSlider(Qt::Horizontal, m_share)), m_percentage(new QDoubleSpinBox(m_share)),
      m_ruler(new widgets::BucketRuler(appearance, m_share)),
      m_segments(new SegmentChips(appearance, this)),
      m_value(widgets::choiceBox(u"rolloutValue"_qs, tr("Value"), this)),
      m_nothing(widgets::quietLabel(tr("Neither threshold nor segment: decides nothing."), this)),
      m_description(new widgets::LineField(u"rolloutDescription"_qs, tr("Description"), this))
{
    setObjectName(u"rolloutCard"_qs);
    createThreshold();
    m_value->addItem(tr("on"), true);
    m_value->addItem(tr("off"), false);
    m_description->setPlaceholderText(tr("Description"));
    auto *valueLine = new QHBoxLayout;
    auto *get = widgets::quietLabel(tr("get"), this);
    get->setWordWrap(false);
    valueLine->addWidget(get);
    valueLine->addWidget(m_value);
    valueLine->addWidget(m_description, 1);
    content()->addWidget(m_share);
    content()->addWidget(m_segments);
    content()->addWidget(m_nothing);
    content()->addLayout(valueLine);

    connect(m_segments, &SegmentChips::openRequested, this, &RolloutCard::segmentOpenRequested);
    connect(m_segments, &SegmentChips::edited, this, &RolloutCard::takeSegments);
    connect(m_value, &QComboBox::activated, this,
            [this](int index) { takeValue(m_value->itemData(index).toBool()); });
    connect(m_description, &widgets::LineField::committed, this, [this](const QString &text) {
        tell(tr("description of rollout %1").arg(m_number), u"description"_qs,
             [text](flags::Rollout &rollout) { rollout.description = text; });
    });
    connect(this, &MovableCard::removeRequested, this, [this] {
        emit edited({tr("remove rollout %1").arg(m_number),
                     {},
                     [rollout = m_rollout](flags::Flag &flag) { removeRollout(flag, rollout); }});
    });
}

void RolloutCard::createThreshold()
{
    m_slider->setObjectName(u"thresholdSlider"_qs);
    m_slider->setAccessibleName(tr("Share of all entities in percent"));
    m_slider->setRange(0, 100);
    m_slider->setPageStep(10);
    widgets::leaveWheelToPage(m_slider);
    m_percentage->setObjectName(u"thresholdPercentage"_qs);
    m_percentage->setAccessibleName(tr("Share of all entities"));
    m_percentage->setDecimals(2);
    m_percentage->setSuffix(u" %"_qs);
    m_percentage->setKeyboardTracking(false);
    m_percentage->setAlignment(Qt::AlignRight);
    widgets::leaveWheelToPage(m_percentage);
    m_ruler->setObjectName(u"thresholdRuler"_qs);
    m_ruler->setReadOnly(true);
    m_ruler->setUnmatchedLabel(tr("goes on"));
    auto *line = new QHBoxLayout;
    line->addWidget(m_slider, 1);
    line->addWidget(m_percentage);
    auto *column = new QVBoxLayout(m_share);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addLayout(line);
    column->addWidget(m_ruler);
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) { setPercentage(value); });
    connect(m_percentage, &QDoubleSpinBox::valueChanged, this, &RolloutCard::setPercentage);
}

void RolloutCard::showRollout(const FlagContext &context, int number)
{
    const flags::Rollout *rollout = withId(context.flag->rollouts, m_rollout);
    if (!rollout)
        return;
    m_number = number;
    setPlace(number, tr("rollout"));
    const bool share = rollout->threshold.has_value();
    const bool segments = !share && !rollout->segmentMatches.empty();
    m_share->setVisible(share);
    m_segments->setVisible(segments);
    m_nothing->setVisible(!share && !segments);
    m_value->setVisible(share || segments);
    if (share)
        showThreshold(*rollout->threshold,
                      context.saved ? withId(context.saved->rollouts, m_rollout) : nullptr);
    QString sentence = m_nothing->text();
    bool value = share && rollout->threshold->value;
    if (segments) {
        // Flipt writes one; of more the first is shown, and validation says that there are more.
        const flags::SegmentMatch &match = rollout->segmentMatches.front();
        m_segments->setSegments(match.segments, match.segmentOperator, context.nameSpace);
        value = match.value;
        sentence = m_segments->sentence();
    } else if (share) {
        sentence = m_ruler->accessibleName();
    }
    m_value->setCurrentIndex(m_value->findData(value));
    m_description->setValue(rollout->description);
    setAccessibleName(tr("Rollout %1: %2").arg(number).arg(sentence));
}

void RolloutCard::showThreshold(const flags::Threshold &threshold, const flags::Rollout *saved)
{
    const QSignalBlocker quietSlider(m_slider);
    const QSignalBlocker quietNumber(m_percentage);
    m_percentage->setRange(std::min(0.0, threshold.percentage),
                           std::max(100.0, threshold.percentage));
    m_percentage->setValue(threshold.percentage);
    m_slider->setValue(int(std::lround(std::clamp(threshold.percentage, 0.0, 100.0))));
    const evaluation::BucketLayout layout = layoutOf(threshold);
    m_ruler->setBuckets(layout,
                        {{threshold.value ? tr("on") : tr("off"), threshold.value ? 2 : 5}});
    std::optional<evaluation::BucketLayout> before;
    if (saved && saved->threshold && *saved->threshold != threshold)
        before = layoutOf(*saved->threshold);
    m_ruler->setSaved(before);
}

void RolloutCard::setReadOnly(bool readOnly)
{
    MovableCard::setReadOnly(readOnly);
    m_slider->setEnabled(!readOnly);
    m_percentage->setReadOnly(readOnly);
    m_segments->setReadOnly(readOnly);
    m_value->setEnabled(!readOnly);
    m_description->setReadOnly(readOnly);
}

void RolloutCard::setEntityBucket(int bucket)
{
    m_ruler->setEntityBucket(bucket);
}

void RolloutCard::focusSegments()
{
    m_segments->focusAdd();
}

void RolloutCard::setPercentage(double percentage)
{
    tell(tr("threshold of rollout %1").arg(m_number), u"threshold"_qs,
         [stored = flags::asStored(percentage)](flags::Rollout &rollout) {
             if (rollout.threshold)
                 rollout.threshold->percentage = stored;
         });
}

void RolloutCard::takeSegments(const std::vector<SegmentKey> &segments, int segmentOperator)
{
    tell(tr("segments of rollout %1").arg(m_number), {},
         [segments, segmentOperator](flags::Rollout &rollout) {
             if (rollout.segmentMatches.empty())
                 return;
             flags::SegmentMatch &match = rollout.segmentMatches.front();
             match.segments = segments;
             match.segmentOperator = segments.size() < 2 ? int(flags::OrOperator) : segmentOperator;
         });
}

void RolloutCard::takeValue(bool value)
{
    tell(tr("value of rollout %1").arg(m_number), {}, [value](flags::Rollout &rollout) {
        if (rollout.threshold)
            rollout.threshold->value = value;
        else if (!rollout.segmentMatches.empty())
            rollout.segmentMatches.front().value = value;
    });
}

void RolloutCard::tell(const QString &label, const QString &topic,
                       const std::function<void(flags::Rollout &)> &apply)
{
    emit edited({label, topic.isEmpty() ? QString() : topic + m_rollout.text(),
                 [id = m_rollout, apply](flags::Flag &flag) {
                     if (flags::Rollout *rollout = withId(flag.rollouts, id))
                         apply(*rollout);
                 }});
}

} // namespace edgewise::flagspage
