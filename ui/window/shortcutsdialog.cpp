// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/tokens.h>
#include <window/shortcutsdialog.h>

#include <QAction>
#include <QDialogButtonBox>
#include <QTreeWidget>

namespace edgewise::window {

using namespace Qt::StringLiterals;

ShortcutsDialog::ShortcutsDialog(QWidget *window) : QDialog(window)
{
    setObjectName(u"shortcutsDialog"_qs);
    setWindowTitle(tr("Keyboard shortcuts"));
    auto *list = new QTreeWidget(this);
    list->setObjectName(u"shortcuts"_qs);
    list->setAccessibleName(tr("Keyboard shortcuts"));
    list->setHeaderLabels({tr("Action"), tr("Keys")});
    list->setRootIsDecorated(false);
    list->setAlternatingRowColors(true);
    const QList<QAction *> actions = window->findChildren<QAction *>();
    for (const QAction *action : actions) {
        const QString keys =
            QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText);
        if (!keys.isEmpty() && !action->text().isEmpty())
            list->addTopLevelItem(new QTreeWidgetItem({action->text().remove(u'&'), keys}));
    }
    list->sortItems(0, Qt::AscendingOrder);
    list->setSortingEnabled(true);
    list->resizeColumnToContents(0);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(list);
    column->addWidget(buttons);
    resize(480, 520);
}

} // namespace edgewise::window
