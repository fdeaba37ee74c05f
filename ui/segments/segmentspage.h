// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QTableView;

namespace edgewise {
struct Error;
}
namespace edgewise::flags {
struct Namespace;
struct Segment;
} // namespace edgewise::flags
namespace edgewise::models {
class SegmentTableModel;
}
namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class EmptyState;
class MessageBar;
} // namespace edgewise::widgets
namespace edgewise::workspace {
class Workspace;
}

namespace edgewise::segmentspage {

class SegmentEditor;
class SegmentTableLooks;

/// The segments of one namespace of the draft: table and editor. Every edit is a step of the draft;
/// nothing here writes.
class SegmentsPage : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive the page.
    SegmentsPage(const theme::Appearance &appearance, workspace::Workspace &workspace,
                 QWidget *parent = nullptr);

    void setNamespace(const NamespaceKey &key);
    /// Selects the segment; an unknown one selects nothing.
    void showSegment(const SegmentKey &key);
    /// Makes sure that what is being typed is part of the draft.
    void commit();

    /// For the window's Edit menu and the table's context menu.
    QList<QAction *> actions() const { return m_actions; }

signals:
    void flagOpenRequested(const edgewise::FlagKey &flag);

private:
    void createActions();
    QWidget *createTable();
    QAction *addAction(const QString &name, const QString &text, const QString &icon,
                       void (SegmentsPage::*run)());
    std::shared_ptr<const flags::Namespace> current() const;
    std::shared_ptr<const flags::Segment> selected() const;
    void takeDraft();
    void takeLock();
    void showSelected();
    void showCount();
    void createSegment();
    void duplicateSegment();
    void askWhereToCopy();
    void copyTo(const NamespaceKey &other);
    void deleteSegment();
    /// Asks first, naming every use that goes.
    void askToDeleteUsed(const SegmentKey &key);
    void copyKey();
    void takeEdit(const flags::Segment &segment, const QString &label, const QString &topic);
    void complain(const Error &error);

    const theme::Appearance &m_appearance;
    workspace::Workspace &m_workspace;
    NamespaceKey m_nameSpace;
    QList<QAction *> m_actions;
    QAction *m_new = nullptr;
    QAction *m_duplicate = nullptr;
    QAction *m_transfer = nullptr;
    QAction *m_delete = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_find = nullptr;

    models::SegmentTableModel *m_model;
    SegmentTableLooks *m_looks;
    widgets::MessageBar *m_messages;
    widgets::EmptyState *m_empty;
    QStackedWidget *m_sheets;
    QLineEdit *m_filter;
    QTableView *m_table;
    QLabel *m_count;
    SegmentEditor *m_editor;
    widgets::EmptyState *m_nothingChosen;
    QStackedWidget *m_side;
};

} // namespace edgewise::segmentspage
