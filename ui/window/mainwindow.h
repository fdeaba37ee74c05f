// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <window/page.h>
#include <window/pagehistory.h>

#include <QMainWindow>
#include <QMap>

class QActionGroup;
class QMenuBar;
class QStackedWidget;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {
class MessageBar;
struct Message;
} // namespace edgewise::widgets

namespace edgewise::window {

class EnvironmentLine;
class HeaderBar;
class Navigation;
class NodeStrip;
class Palette;

/// Frame, menus and navigation. It owns the pages and knows nothing of what they show: whoever
/// composes the program adds them, and connects the actions.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    enum class Menu { File, Edit, View, Changes, Evaluate, Replication, Tools, Window, Help };

    explicit MainWindow(theme::Appearance &appearance, QWidget *parent = nullptr);

    /// At the end of the navigation, with the next Ctrl+number. The first one is shown.
    void addPage(const Page &page);
    /// Puts it into the history; an unknown id does nothing.
    void showPage(const QString &id);
    /// Empty while there is no page.
    QString currentPage() const;
    /// Deletes all pages and forgets the history.
    void clearPages();
    /// Shows a widget that is no page, while there are none. The window takes it over; it goes when
    /// it is deleted.
    void showAlone(QWidget *widget);

    /// What concerns no single page, above all of them.
    void showMessage(const widgets::Message &message, const QList<QAction *> &remedies = {});
    void clearMessage();

    /// A menu is there as soon as it holds an action.
    void addActions(Menu menu, const QList<QAction *> &actions);

    struct MenuAction {
        QString submenu; ///< "Theme"; empty for what stands in a menu itself
        QAction *action;
    };
    /// What the palette can run: the actions of all menus, those within menus included.
    QList<MenuAction> findableActions() const;
    Palette *commandPalette() const { return m_palette; }

    QAction *undoAction() const { return m_undo; }
    QAction *redoAction() const { return m_redo; }
    QAction *reviewAction() const { return m_review; }
    QAction *unlockAction() const { return m_unlock; }

    EnvironmentLine *environmentLine() const { return m_environment; }
    HeaderBar *header() const { return m_header; }
    Navigation *navigation() const { return m_navigation; }
    NodeStrip *nodeStrip() const { return m_nodes; }

signals:
    void pageShown(const QString &id);
    /// The window is about to close; the place to save what must last.
    void closing();
    /// A document or change set was dropped onto the window.
    void fileDropped(const QString &path);

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QAction *makeAction(const QString &name, const QString &text, const QString &icon,
                        const QKeySequence &shortcut);
    void createActions();
    void createMenus();
    void createHelpMenu();
    void createThemeMenu();
    void display(const QString &id);
    void showHistory();
    /// Navigation and header mean nothing while there is no page.
    void showFrame(bool shown);

    theme::Appearance &m_appearance;
    PageHistory m_history;
    QMenuBar *m_menuBar;
    QMap<Menu, QMenu *> m_menus;
    QList<Page> m_pages;

    QAction *m_undo;
    QAction *m_redo;
    QAction *m_review;
    QAction *m_unlock;
    QAction *m_find;
    QAction *m_back;
    QAction *m_forward;
    QActionGroup *m_pageActions;

    EnvironmentLine *m_environment;
    Navigation *m_navigation;
    HeaderBar *m_header;
    QWidget *m_messageFrame;
    widgets::MessageBar *m_messages;
    QStackedWidget *m_stack;
    NodeStrip *m_nodes;
    Palette *m_palette;
};

} // namespace edgewise::window
