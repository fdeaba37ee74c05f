// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QTimer>

namespace edgewise::widgets {

/// A line that tells what was typed once typing pauses and at the latest when it is left. A value
/// that comes from elsewhere meanwhile leaves the typing alone.
class LineField : public QLineEdit {
    Q_OBJECT

public:
    /// `name` is the object name, `label` what it is called for those who do not see it.
    LineField(const QString &name, const QString &label, QWidget *parent = nullptr);
    ~LineField() override;

    void setValue(const QString &text);
    /// Tells what has been typed and not been told yet.
    void flush();

signals:
    void committed(const QString &text);

private:
    QTimer m_pause;
    bool m_dirty = false;
};

/// Makes every field under the widget tell what was typed: lines, JSON texts, numbers.
void flushFields(const QWidget &parent);

} // namespace edgewise::widgets
