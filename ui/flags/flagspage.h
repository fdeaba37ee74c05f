// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>

#include <QWidget>

class QAction;
class QStackedWidget;

namespace edgewise {
struct Error;
}
namespace edgewise::flags {
struct Flag;
struct Namespace;
} // namespace edgewise::flags
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

class FlagActions;
class FlagEditor;
class FlagList;
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

    /// The columns of the table, as settings keep them; empty is the usual choice.
    void setColumns(const QStringList &names);

    /// For the window's Edit menu and the palette.
    QList<QAction *> actions() const;

signals:
    void columnsChanged(const QStringList &names);
    void segmentOpenRequested(const edgewise::SegmentKey &segment);

private:
    enum Sheet { LoadingSheet, EmptySheet, TableSheet };

    void createSheets();
    QWidget *createTable();
    void createRemedies();
    void wire();
    std::shared_ptr<const flags::Namespace> current() const;

    void takeDraft();
    void takeFeed();
    void takeLock();
    void showSheet();
    void showSelected();
    void takeEdit(const flags::Flag &flag, const QString &label, const QString &topic);
    void complain(const Error &error);

    workspace::Workspace &m_workspace;
    NamespaceKey m_nameSpace;
    bool m_isEmpty = false; ///< the database has no tables at all
    FlagActions *m_actions;
    QAction *m_retry;
    QAction *m_initialise;

    widgets::MessageBar *m_messages;
    widgets::BusyIndicator *m_busy;
    widgets::EmptyState *m_empty;
    QStackedWidget *m_sheets;
    FlagList *m_list;
    FlagEditor *m_editor;
    TryItStrip *m_tryIt;
    QWidget *m_editing; ///< the editor and the strip under it
    widgets::EmptyState *m_nothingChosen;
    QStackedWidget *m_side;
};

} // namespace edgewise::flagspage
