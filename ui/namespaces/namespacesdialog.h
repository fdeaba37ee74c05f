// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace edgewise::flags {
struct Namespace;
}
namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class KeyField;
class LineField;
} // namespace edgewise::widgets
namespace edgewise::workspace {
class Workspace;
}

namespace edgewise::namespaces {

/// The namespaces of the draft: create, describe, delete. Every edit is a step of the draft; what a
/// deletion takes with it stands on its button, and undo brings it back.
class NamespacesDialog : public QDialog {
    Q_OBJECT

public:
    /// Both must outlive the dialog.
    NamespacesDialog(const theme::Appearance &appearance, workspace::Workspace &workspace,
                     const NamespaceKey &current, QWidget *parent = nullptr);

signals:
    void chosen(const edgewise::NamespaceKey &key); ///< to be shown by the window

private:
    void createTable();
    QWidget *createForm(const theme::Appearance &appearance);
    QWidget *createNew(const theme::Appearance &appearance);
    void takeDraft();
    void showSelected();
    void judgeNew();
    void create();
    void describe();
    void remove();
    std::shared_ptr<const flags::Namespace> selected() const;
    void select(const NamespaceKey &key);
    template <typename Edit>
    bool edit(const QString &label, const QString &topic, Edit edit);

    workspace::Workspace &m_workspace;
    QTableWidget *m_table;
    widgets::LineField *m_name;
    widgets::LineField *m_description;
    QPushButton *m_open;
    QPushButton *m_delete;
    QLineEdit *m_newName;
    widgets::KeyField *m_newKey;
    QPushButton *m_create;
    QLabel *m_problem;
};

} // namespace edgewise::namespaces
