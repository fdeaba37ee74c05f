// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/state.h>

#include <QMenu>
#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::window {

/// Over every page: where one is, whether one may write, and what one has changed.
class HeaderBar : public QWidget {
    Q_OBJECT

public:
    struct Actions {
        QAction *find;
        QAction *undo;
        QAction *redo;
        QAction *review;
        QAction *unlock; ///< checkable: on means that the connection may be written
    };

    /// The actions stay the caller's and must outlive the bar.
    HeaderBar(const theme::Appearance &appearance, const Actions &actions,
              QWidget *parent = nullptr);

    /// `name` is short, `address` whole: a URL without secrets, or a path.
    void setConnection(const QString &name, const QString &address, theme::Environment environment);
    /// Keys in the order of the list; does not emit namespaceChosen().
    void setNamespaces(const QStringList &keys, const QString &current);
    void setChangeCount(int count);
    /// The menu of the connection's button; the caller's.
    void setConnectionMenu(QMenu *menu);

signals:
    void namespaceChosen(const QString &key);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showAccess();
    void showConnectionMenu();

    const theme::Appearance &m_appearance;
    Actions m_actions;
    QToolButton *m_connection;
    QPointer<QMenu> m_menu;
    QComboBox *m_namespace;
    QToolButton *m_access;
    QLabel *m_changes;
    QPushButton *m_review;
};

} // namespace edgewise::window
