// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QStyledItemDelegate>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// The size of the switch, in device-independent pixels.
QSize toggleSize();

/// Draws a switch centred in `rect`: the knob's side tells the state, the colour repeats it.
void drawToggle(QPainter *painter, const QRect &rect, bool on, bool enabled,
                const theme::Appearance &appearance);

/// On or off at once, with the words beside the switch.
class ToggleSwitch : public QAbstractButton {
    Q_OBJECT

public:
    explicit ToggleSwitch(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// The words for the two states; their longer one decides the width.
    void setWords(const QString &on, const QString &off);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Appearance &m_appearance;
    QString m_on;
    QString m_off;
};

/// Shows a checkable cell (Qt::CheckStateRole) as a switch; a click or Space turns it, at once and
/// without an editor.
class ToggleDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit ToggleDelegate(const theme::Appearance &appearance, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

private:
    const theme::Appearance &m_appearance;
};

} // namespace edgewise::widgets
