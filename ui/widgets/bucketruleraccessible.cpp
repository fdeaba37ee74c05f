// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/bucketruler.h>
#include <widgets/bucketruleraccessible.h>

namespace edgewise::widgets {

namespace {

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *ruler = qobject_cast<BucketRuler *>(object);
    return ruler ? new BucketRulerAccessible(ruler) : nullptr;
}

} // namespace

BucketRulerAccessible::BucketRulerAccessible(BucketRuler *ruler)
    : QAccessibleWidget(ruler, QAccessible::Slider)
{
}

BucketRuler *BucketRulerAccessible::ruler() const
{
    return static_cast<BucketRuler *>(widget());
}

void *BucketRulerAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::ValueInterface)
        return static_cast<QAccessibleValueInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

QVariant BucketRulerAccessible::currentValue() const
{
    const int boundary = ruler()->currentBoundary();
    return boundary < 0 ? QVariant() : ruler()->buckets().ranges[size_t(boundary)].end;
}

void BucketRulerAccessible::setCurrentValue(const QVariant &value)
{
    const int before = currentValue().toInt();
    ruler()->moveBoundary(ruler()->currentBoundary(), value.toInt());
    if (currentValue().toInt() != before)
        emit ruler()->edited();
}

QVariant BucketRulerAccessible::maximumValue() const
{
    const int boundary = ruler()->currentBoundary();
    return boundary < 0 ? QVariant() : ruler()->highestEnd(boundary);
}

QVariant BucketRulerAccessible::minimumValue() const
{
    const int boundary = ruler()->currentBoundary();
    return boundary < 0 ? QVariant() : ruler()->lowestEnd(boundary);
}

void installBucketRulerAccessible()
{
    // Qt keeps each factory once only if it is asked to once.
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace edgewise::widgets
