// SPDX-License-Identifier: GPL-3.0-or-later
#include <data/exportbutton.h>
#include <theme/appearance.h>
#include <widgets/messagebar.h>

namespace edgewise::datapage {

using namespace Qt::StringLiterals;

ExportButton::ExportButton(const theme::Appearance &appearance, const QString &name,
                           ExportMenu::Source source, widgets::MessageBar &messages,
                           QWidget *parent)
    : QToolButton(parent)
{
    auto *menu = new ExportMenu(name, std::move(source), this);
    setObjectName(name + u"Button"_qs);
    setText(tr("Copy or save"));
    setIcon(appearance.icon(u"copy"_qs));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setAutoRaise(true);
    setPopupMode(QToolButton::InstantPopup);
    setMenu(menu);
    connect(
        menu, &ExportMenu::saved, &messages,
        [&messages](const QString &path, const QString &problem) {
            if (problem.isEmpty())
                messages.showMessage({theme::State::Ok, tr("The rows are in %1.").arg(path), {}});
            else
                messages.showMessage(
                    {theme::State::Bad, tr("%1 was not written.").arg(path), problem});
        });
}

} // namespace edgewise::datapage
