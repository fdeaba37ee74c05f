// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/constraintrules.h>
#include <segments/datetimefield.h>
#include <theme/tokens.h>
#include <widgets/flowlayout.h>
#include <widgets/parts.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QTimeZone>

namespace edgewise::segmentspage {

using namespace Qt::StringLiterals;

DateTimeField::DateTimeField(QWidget *parent)
    : QWidget(parent), m_time(new QDateTimeEdit(this)),
      m_zone(widgets::choiceBox(u"timeZone"_qs, tr("Time zone"), this)),
      m_dateOnly(new QCheckBox(tr("date only"), this)), m_stored(widgets::quietLabel({}, this))
{
    m_time->setObjectName(u"dateTime"_qs);
    m_time->setAccessibleName(tr("Date and time"));
    m_time->setCalendarPopup(true);
    m_time->setKeyboardTracking(false);
    m_time->setMinimumWidth(150);
    m_time->setTimeSpec(Qt::UTC);
    widgets::leaveWheelToPage(m_time);
    m_zone->addItem(tr("UTC"), QByteArray("UTC"));
    const QByteArray local = QTimeZone::systemTimeZoneId();
    m_zone->addItem(tr("local (%1)").arg(QString::fromLatin1(local)), local);
    for (const QByteArray &zone : QTimeZone::availableTimeZoneIds())
        if (zone.contains('/') && zone != local)
            m_zone->addItem(QString::fromLatin1(zone), zone);
    m_dateOnly->setObjectName(u"dateOnly"_qs);
    m_dateOnly->setAccessibleName(tr("Date without a time"));
    m_stored->setObjectName(u"storedTime"_qs);
    m_stored->setWordWrap(false);
    auto *flow = new widgets::FlowLayout(this);
    for (QWidget *each : std::initializer_list<QWidget *>{m_time, m_zone, m_dateOnly, m_stored})
        flow->addWidget(each);
    connect(m_time, &QDateTimeEdit::dateTimeChanged, this, &DateTimeField::tell);
    connect(m_zone, &QComboBox::activated, this, &DateTimeField::showMoment);
    connect(m_dateOnly, &QCheckBox::clicked, this, &DateTimeField::tell);
    setValue({});
}

void DateTimeField::setValue(const QString &value)
{
    m_value = value;
    const QSignalBlocker blocker(m_dateOnly);
    m_dateOnly->setChecked(value.size() == 10 && QDate::fromString(value, Qt::ISODate).isValid());
    showMoment();
}

void DateTimeField::setReadOnly(bool readOnly)
{
    m_time->setReadOnly(readOnly);
    m_dateOnly->setEnabled(!readOnly);
}

/// The field holds the digits of a clock on the wall; the zone says which clock that is.
void DateTimeField::showMoment()
{
    const QSignalBlocker blocker(m_time);
    const bool dateOnly = m_dateOnly->isChecked();
    m_time->setDisplayFormat(dateOnly ? u"yyyy-MM-dd"_qs : u"yyyy-MM-dd HH:mm:ss"_qs);
    m_zone->setVisible(!dateOnly);
    m_stored->setText(m_value);
    const QDateTime moment =
        QDateTime::fromString(flags::normalisedDateTime(m_value).value_or(QString()), Qt::ISODate);
    if (!moment.isValid())
        return;
    const QDateTime shown = dateOnly || m_value.size() == 10
                                ? moment
                                : moment.toTimeZone(QTimeZone(m_zone->currentData().toByteArray()));
    m_time->setDateTime(QDateTime(shown.date(), shown.time(), Qt::UTC));
}

QString DateTimeField::value() const
{
    if (m_dateOnly->isChecked())
        return m_time->date().toString(Qt::ISODate);
    const QDateTime time(m_time->date(), m_time->time(),
                         QTimeZone(m_zone->currentData().toByteArray()));
    return time.toUTC().toString(Qt::ISODate);
}

void DateTimeField::tell()
{
    const QString now = value();
    if (now == m_value)
        return;
    setValue(now);
    emit committed(now);
}

} // namespace edgewise::segmentspage
