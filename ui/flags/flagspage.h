// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>

#include <QWidget>

class QLabel;
class QLineEdit;
class QMenu;
class QSplitter;
class QStackedWidget;

namespace edgewise {
struct Error;
}
namespace edgewise::flags {
struct Flag;
struct Namespace;
} // namespace edgewise::flags
namespace edgewise::models {
class FlagTableModel;
}
namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class BusyIndicator;
class EmptyState;
class MessageBar;
} // namespace edgewise::widgets
namespace edgewise::workspace {
class Workspace;
}

namespace edgewise::flagspage {

class BulkBar;
class FlagEditor;
class FlagTableLooks;
class FlagTableView;
class TryItStrip;

/// The flags of one namespace of the draft: table and editor. Every edit is a step of the draft;
/// nothing here writes.
class FlagsPage : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive the page.
    FlagsPage(const theme::Appearance &appearance, workspace::Workspace &workspace,
              QWidget *parent = nullptr);

    void setNamespace(const NamespaceKey &key);
    /// Selects the flag, in the editor too. An unknown one selects nothing.
    void showFlag(const FlagKey &key);
    /// Makes sure that what is being typed is part of the draft.
    void commit();

    /// For the window's Edit menu and the table's context menu.
    QList<QAction *> actions() const { return m_actions; }

signals:
    void segmentOpenRequested(const edgewise::SegmentKey &segment);

private:
    enum Sheet { LoadingSheet, EmptySheet, TableSheet };

    void createActions();
    QWidget *createTable();
    QAction *addAction(const QString &name, const QString &text, const QString &icon,
                       const QKeySequence &key, void (FlagsPage::*run)());
    std::shared_ptr<const flags::Namespace> current() const;
    std::shared_ptr<const flags::Flag> selectedFlag() const;

    void takeDraft();
    void takeFeed();
    void showSheet();
    void showSelected();
    void showCount();
    void showContextMenu(const QPoint &place);
    void takeLock();

    void createFlag();
    void deleteFlags();
    void enableChosen();
    void disableChosen();
    void switchChosen(bool on);
    void enableActions();
    void duplicateFlag();
    void transferChosen();
    void showTransfer(const std::vector<FlagKey> &keys);
    void showBulk();
    std::vector<FlagKey> chosenFlags() const;
    void copyKey();
    void focusFilter();
    void turn(const QString &key, bool on);
    void takeEdit(const flags::Flag &flag, const QString &label, const QString &topic);
    void complain(const Error &error);

    const theme::Appearance &m_appearance;
    workspace::Workspace &m_workspace;
    NamespaceKey m_nameSpace;
    bool m_isEmpty = false; ///< the database has no tables at all
    QList<QAction *> m_actions;
    QAction *m_new = nullptr;
    QAction *m_delete = nullptr;
    QAction *m_enable = nullptr;
    QAction *m_disable = nullptr;
    QAction *m_duplicate = nullptr;
    QAction *m_transfer = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_retry = nullptr;
    QAction *m_initialise = nullptr;

    models::FlagTableModel *m_model;
    FlagTableLooks *m_looks;
    widgets::MessageBar *m_messages;
    widgets::BusyIndicator *m_busy;
    widgets::EmptyState *m_empty;
    QStackedWidget *m_sheets;
    QLineEdit *m_filter;
    FlagTableView *m_table;
    QLabel *m_count;
    BulkBar *m_bulk = nullptr;
    FlagEditor *m_editor;
    TryItStrip *m_tryIt;
    QWidget *m_editing; ///< the editor and the strip under it
    widgets::EmptyState *m_nothingChosen;
    QStackedWidget *m_side;
};

} // namespace edgewise::flagspage
