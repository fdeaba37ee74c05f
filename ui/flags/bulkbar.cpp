// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/bulkbar.h>
#include <theme/tokens.h>
#include <widgets/flowlayout.h>
#include <widgets/parts.h>

#include <QAction>

namespace edgewise::flagspage {

BulkBar::BulkBar(const QList<QAction *> &actions, QWidget *parent)
    : QWidget(parent), m_count(widgets::quietLabel({}, this))
{
    setObjectName(QStringLiteral("bulkBar"));
    m_count->setWordWrap(false);
    auto *flow = new widgets::FlowLayout(this);
    flow->addWidget(m_count);
    for (QAction *action : actions) {
        auto *button = new QPushButton(action->text(), this);
        button->setObjectName(QStringLiteral("bulk_") + action->objectName());
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::enabledChanged, button, &QWidget::setEnabled);
        flow->addWidget(button);
    }
    hide();
}

void BulkBar::setCount(int chosen, int all)
{
    m_count->setText(tr("%1 of %2 chosen").arg(locale().toString(chosen), locale().toString(all)));
    setVisible(chosen > 1);
}

} // namespace edgewise::flagspage
