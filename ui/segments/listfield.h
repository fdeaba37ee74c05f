// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QLineEdit;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class FlowLayout;
}

namespace edgewise::segmentspage {

/// The values of "is one of" as chips. Enter adds what is typed; a paste adds many, one a line or
/// parted by commas, semicolons or tabs. Trimmed, without repetitions, at most 100 (Flipt:
/// rpc/flipt/validation.go).
class ListField : public QWidget {
    Q_OBJECT

public:
    explicit ListField(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// `json` is the constraint's value; `areNumbers` says of what it is a list.
    void setValue(const QString &json, bool areNumbers);
    void setReadOnly(bool readOnly);
    /// Adds what was typed and not entered.
    void flush();

signals:
    void committed(const QString &json);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void rebuild();
    QWidget *makeChip(int index);
    void add(const QStringList &texts);
    void removeAt(int index);
    void tell();

    const theme::Appearance &m_appearance;
    QStringList m_values;
    QString m_json;
    bool m_areNumbers = false;
    bool m_isReadOnly = false;
    widgets::FlowLayout *m_flow;
    QLineEdit *m_add;
    QLabel *m_note;
};

/// What was pasted or typed, as single values.
QStringList partedValues(const QString &text);

} // namespace edgewise::segmentspage
