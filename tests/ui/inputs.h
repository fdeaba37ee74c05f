// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSlider>
#include <QTest>
#include <QTextEdit>
#include <QWidget>

/// What every window and page must hold to: each widget that takes input has a name for tests and
/// settings, a name for people who do not see it, and is reached by Tab.
namespace edgewise::test {

inline bool takesInput(const QWidget &widget)
{
    // Parts of other widgets, made by Qt.
    if (widget.objectName().startsWith(QLatin1String("qt_")) || widget.inherits("QHeaderView")
        || widget.inherits("QTableCornerButton") || widget.inherits("QComboBoxListView")
        || widget.inherits("QLineEditIconButton") || widget.inherits("QTabBar")
        || (widget.parentWidget()
            && (widget.parentWidget()->inherits("QTabBar")
                || widget.parentWidget()->inherits("QComboBox"))))
        return false;
    return qobject_cast<const QLineEdit *>(&widget)
           || qobject_cast<const QAbstractButton *>(&widget)
           || qobject_cast<const QComboBox *>(&widget)
           || qobject_cast<const QAbstractSpinBox *>(&widget)
           || qobject_cast<const QAbstractItemView *>(&widget)
           || qobject_cast<const QPlainTextEdit *>(&widget)
           || qobject_cast<const QTextEdit *>(&widget) || qobject_cast<const QSlider *>(&widget);
}

/// The widgets that Tab reaches in the window, in their order.
inline QList<QWidget *> tabOrder(const QWidget &window)
{
    QList<QWidget *> order;
    QWidget *start = const_cast<QWidget *>(&window);
    for (QWidget *widget = start->nextInFocusChain(); widget && widget != start;
         widget = widget->nextInFocusChain())
        if ((widget->focusPolicy() & Qt::TabFocus) != 0)
            order.append(widget);
    return order;
}

/// One line a fault; empty when all is well. Looks at hidden widgets too.
inline QStringList inputFaults(const QWidget &window)
{
    QStringList faults;
    const QList<QWidget *> reached = tabOrder(window);
    const QList<QWidget *> widgets = window.findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!takesInput(*widget))
            continue;
        const QString parent = widget->parentWidget()->objectName();
        const QString who = QLatin1String(widget->metaObject()->className()) + QLatin1String(" \"")
                            + widget->objectName() + QLatin1String("\" in ") + parent;
        if (widget->objectName().isEmpty())
            faults.append(who + QLatin1String(": has no object name"));
        const QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->text(QAccessible::Name).isEmpty())
            faults.append(who + QLatin1String(": has no accessible name"));
        // Tool buttons repeat what a menu or the widget beside them does by key.
        if (!widget->inherits("QToolButton") && !reached.contains(widget))
            faults.append(who + QLatin1String(": is not reached by Tab"));
    }
    return faults;
}

inline void click(QWidget *widget)
{
    QVERIFY(widget);
    QTest::mouseClick(widget, Qt::LeftButton);
}

/// Types in place of all that the line holds, and Return.
inline void typeOver(QLineEdit *line, const QString &text)
{
    QVERIFY(line);
    line->setFocus();
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
}

/// Goes to the text by the arrow keys, in at most `most` of them.
inline void choose(QComboBox *box, const QString &text, int most = 20)
{
    QVERIFY(box);
    box->setFocus();
    QVERIFY2(box->findText(text) >= 0, qPrintable(text));
    for (int guard = 0; box->currentText() != text && guard < most; ++guard)
        QTest::keyClick(box, box->findText(text) > box->currentIndex() ? Qt::Key_Down : Qt::Key_Up);
    QCOMPARE(box->currentText(), text);
}

/// Asks the view for its context menu, as the menu key does, and clicks the action of that name.
inline void chooseFromContextMenu(QAbstractItemView &view, const QString &action)
{
    const QPoint place = view.visualRect(view.currentIndex()).center();
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, place,
                            view.viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(view.viewport(), &asked);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    const QList<QAction *> actions = menu->actions();
    for (QAction *offered : actions)
        if (offered->objectName() == action) {
            QVERIFY(offered->isEnabled());
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(offered).center());
            return;
        }
    QFAIL(qPrintable(action));
}

/// Chooses a file in Qt's own dialog. The name is not typed: completions would lie over the button.
inline void acceptFile(const QFileDialog &dialog, const QString &path)
{
    dialog.findChild<QLineEdit *>(QLatin1String("fileNameEdit"))->setText(path);
    const auto *box = dialog.findChild<QDialogButtonBox *>();
    const QList<QAbstractButton *> buttons = box->buttons();
    for (QAbstractButton *button : buttons)
        if (box->buttonRole(button) == QDialogButtonBox::AcceptRole)
            QTest::mouseClick(button, Qt::LeftButton);
}

} // namespace edgewise::test
