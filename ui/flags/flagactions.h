// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>
#include <base/result.h>
#include <flags/snapshot.h>

#include <QList>
#include <QObject>

#include <functional>
#include <optional>
#include <vector>

class QAction;
class QKeySequence;
class QString;
class QWidget;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::workspace {
class Workspace;
}

namespace edgewise::flagspage {

/// What can be done with the chosen flags of a namespace, as actions for menus, the bulk bar and
/// the palette. However many flags there are, each is one step of the draft.
class FlagActions : public QObject {
    Q_OBJECT

public:
    using Chosen = std::function<std::vector<FlagKey>()>;

    /// `chosen` tells the flags that are meant, the current one first where it stands alone; it is
    /// called while `page`, on which dialogs open and shortcuts work, is there.
    FlagActions(const theme::Appearance &appearance, workspace::Workspace &workspace, Chosen chosen,
                QWidget *page);

    void setNamespace(const NamespaceKey &key) { m_nameSpace = key; }
    /// The flag that the editor shows.
    void setCurrent(const std::optional<FlagKey> &key);
    /// Follows the lock, and whether there is a namespace.
    void enable();

    /// All, for the window's Edit menu.
    QList<QAction *> all() const { return m_all; }
    /// For several flags at once.
    QList<QAction *> forSeveral() const;
    QList<QAction *> forContextMenu() const;
    QAction *newFlag() const { return m_new; }
    QAction *find() const { return m_find; }
    /// Whose keys mean something else in a field, so that they belong to the table alone.
    QList<QAction *> ofTable() const { return {m_delete, m_copy}; }

    void turn(const FlagKey &key, bool on);

signals:
    /// What is being typed is to be part of the draft.
    void aboutToEdit();
    void created(const edgewise::FlagKey &key);
    void duplicated(const edgewise::FlagKey &key);
    void deleted();
    void refused(const edgewise::Error &error);

private:
    using Edit = std::function<void(flags::Flag &)>;

    QAction *add(const QString &name, const QString &text, const QString &icon,
                 const QKeySequence &key, void (FlagActions::*run)());
    std::shared_ptr<const flags::Namespace> nameSpace() const;
    void editAll(const std::vector<FlagKey> &keys, const QString &label, const Edit &edit);
    void turnAll(const std::vector<FlagKey> &keys, bool on);

    void createFlag();
    void deleteFlags();
    void enableChosen();
    void disableChosen();
    void editMetadata();
    void duplicateFlag();
    void transferChosen();
    void showTransfer(const std::vector<FlagKey> &keys);
    void copyKey();

    const theme::Appearance &m_appearance;
    workspace::Workspace &m_workspace;
    Chosen m_chosen;
    QWidget *m_page;
    NamespaceKey m_nameSpace;
    std::optional<FlagKey> m_current;
    QList<QAction *> m_all;
    QAction *m_new;
    QAction *m_delete;
    QAction *m_enable;
    QAction *m_disable;
    QAction *m_metadata;
    QAction *m_duplicate;
    QAction *m_transfer;
    QAction *m_copy;
    QAction *m_find;
};

} // namespace edgewise::flagspage
