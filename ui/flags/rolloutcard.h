// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/flagedit.h>
#include <flags/movablecard.h>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSlider;

namespace edgewise::widgets {
class LineField;
}

namespace edgewise::flagspage {

class SegmentChips;

/// One rollout of a boolean flag: a share of all entities or a segment, and the value they get.
class RolloutCard : public MovableCard {
    Q_OBJECT

public:
    RolloutCard(const theme::Appearance &appearance, const RolloutId &id,
                QWidget *parent = nullptr);

    /// `number` counts from 1. The flag has a rollout of the card's id.
    void showRollout(const FlagContext &context, int number);
    void setReadOnly(bool readOnly) override;
    /// 0 to 99, -1 for none.
    void setEntityBucket(int bucket);
    void focusSegments();

signals:
    void edited(const edgewise::flagspage::FlagEdit &edit);
    void segmentOpenRequested(const edgewise::SegmentKey &segment);

private:
    void createThreshold();
    void showThreshold(const flags::Threshold &threshold, const flags::Rollout *saved);
    void setPercentage(double percentage);
    void takeSegments(const std::vector<SegmentKey> &segments, int segmentOperator);
    void takeValue(bool value);
    void tell(const QString &label, const QString &topic,
              const std::function<void(flags::Rollout &)> &apply);

    RolloutId m_rollout;
    int m_number = 0;
    QWidget *m_share;
    QSlider *m_slider;
    QDoubleSpinBox *m_percentage;
    widgets::BucketRuler *m_ruler;
    SegmentChips *m_segments;
    QComboBox *m_value;
    QLabel *m_nothing;
    widgets::LineField *m_description;
};

} // namespace edgewise::flagspage
