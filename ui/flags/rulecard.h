// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/flagedit.h>
#include <flags/movablecard.h>

namespace edgewise::flagspage {

class DistributionEditor;
class SegmentChips;

/// One rule of a variant flag: for whom, and which buckets get what.
class RuleCard : public MovableCard {
    Q_OBJECT

public:
    RuleCard(const theme::Appearance &appearance, const RuleId &id, QWidget *parent = nullptr);

    /// `number` counts from 1, as people do. The flag has a rule of the card's id.
    void showRule(const FlagContext &context, int number);
    void setReadOnly(bool readOnly) override;
    /// -1 for none.
    void setEntityBucket(int bucket);
    void focusSegments();

signals:
    void edited(const edgewise::flagspage::FlagEdit &edit);
    void segmentOpenRequested(const edgewise::SegmentKey &segment);

private:
    RuleId m_rule;
    int m_number = 0;
    SegmentChips *m_segments;
    DistributionEditor *m_distributions;
};

} // namespace edgewise::flagspage
