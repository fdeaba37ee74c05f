// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <data/exportmenu.h>

#include <QToolButton>

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class MessageBar;
}

namespace edgewise::datapage {

/// "Copy or save": the export menu on a button, with what became of a file in the message bar.
class ExportButton : public QToolButton {
    Q_OBJECT

public:
    /// `name` begins the object names; the bar must outlive the button.
    ExportButton(const theme::Appearance &appearance, const QString &name,
                 ExportMenu::Source source, widgets::MessageBar &messages,
                 QWidget *parent = nullptr);
};

} // namespace edgewise::datapage
