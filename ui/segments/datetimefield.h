// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QLabel;

namespace edgewise::segmentspage {

/// A date with a time in a zone, or a date alone. Stored as Flipt stores it: in UTC to the second,
/// "2023-12-31T23:00:00Z", or "2024-01-01" (Flipt: rpc/flipt/validation.go).
class DateTimeField : public QWidget {
    Q_OBJECT

public:
    explicit DateTimeField(QWidget *parent = nullptr);

    /// What cannot be read is shown as it is, beside a field for a new one.
    void setValue(const QString &value);
    void setReadOnly(bool readOnly);

signals:
    void committed(const QString &value);

private:
    QString value() const;
    void showMoment();
    void tell();

    QString m_value;
    QDateTimeEdit *m_time;
    QComboBox *m_zone;
    QCheckBox *m_dateOnly;
    QLabel *m_stored;
};

} // namespace edgewise::segmentspage
