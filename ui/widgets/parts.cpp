// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/parts.h>

#include <QComboBox>
#include <QEvent>
#include <QToolButton>

namespace edgewise::widgets {

namespace {

class WheelGuard : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Wheel || static_cast<QWidget *>(watched)->hasFocus())
            return false;
        event->ignore();
        return true;
    }
};

} // namespace

QToolButton *iconButton(const theme::Appearance &appearance, const QString &iconName,
                        const QString &name, const QString &label, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(name);
    button->setIcon(appearance.icon(iconName));
    button->setIconSize({theme::metrics::iconSmall, theme::metrics::iconSmall});
    button->setToolTip(label);
    button->setAccessibleName(label);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QPushButton *addButton(const theme::Appearance &appearance, const QString &name,
                       const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(appearance.icon(QStringLiteral("add")), text, parent);
    button->setObjectName(name);
    button->setAutoDefault(false);
    return button;
}

QLabel *quietLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QComboBox *choiceBox(const QString &name, const QString &label, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setObjectName(name);
    box->setAccessibleName(label);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(5);
    box->setMinimumWidth(72);
    leaveWheelToPage(box);
    return box;
}

void leaveWheelToPage(QWidget *widget)
{
    widget->setFocusPolicy(Qt::StrongFocus);
    widget->installEventFilter(new WheelGuard(widget));
}

} // namespace edgewise::widgets
