// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

namespace edgewise::widgets {

class BucketRuler;

/// A ruler for who cannot see it: a slider whose value is the current boundary, in buckets.
class BucketRulerAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit BucketRulerAccessible(BucketRuler *ruler);

    void *interface_cast(QAccessible::InterfaceType type) override;
    QVariant currentValue() const override;
    void setCurrentValue(const QVariant &value) override;
    QVariant maximumValue() const override;
    QVariant minimumValue() const override;
    QVariant minimumStepSize() const override { return 1; }

private:
    BucketRuler *ruler() const;
};

/// Lets assistive technology see rulers so; once, later calls do nothing.
void installBucketRulerAccessible();

} // namespace edgewise::widgets
