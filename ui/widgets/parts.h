// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;
class QWidget;

namespace edgewise::theme {
class Appearance;
}

/// Small parts that editors are made of, so that they look and behave the same everywhere.
namespace edgewise::widgets {

/// Without text; `label` is its tool tip and what it is called for those who do not see it.
QToolButton *iconButton(const theme::Appearance &appearance, const QString &iconName,
                        const QString &name, const QString &label, QWidget *parent);

/// "add" at the end of a section.
QPushButton *addButton(const theme::Appearance &appearance, const QString &name,
                       const QString &text, QWidget *parent);

/// In the secondary colour, wrapping, plain text.
QLabel *quietLabel(const QString &text, QWidget *parent);

/// As wide as there is room, however long its texts are; not turned by the wheel.
QComboBox *choiceBox(const QString &name, const QString &label, QWidget *parent);

/// The wheel scrolls the page; it turns the widget only where that has the focus.
void leaveWheelToPage(QWidget *widget);

} // namespace edgewise::widgets
