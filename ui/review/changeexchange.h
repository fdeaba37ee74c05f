// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>
#include <theme/state.h>

#include <QObject>

#include <functional>

class QAction;
class QWidget;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::workspace {
class Workspace;
}

namespace edgewise::reviewpage {

/// The draft's way out of the window and in again: as text for a ticket, and as a file.
class ChangeExchange : public QObject {
    Q_OBJECT

public:
    /// What goes out.
    struct Content {
        QString title;
        QString reason;
        changes::ChangeSet changes;
        /// What they make of the draft's base; an Error when they make nothing of it.
        Result<flags::Snapshot> outcome;
    };

    /// All must outlive it; `content` is asked when something goes out. Dialogs open over `page`.
    ChangeExchange(const theme::Appearance &appearance, workspace::Workspace &workspace,
                   std::function<Content()> content, QWidget *page);

    QAction *copyAction() const { return m_copy; }
    QAction *keepAction() const { return m_keep; }
    QAction *loadAction() const { return m_load; }
    /// There is something that can go out.
    void setHasChanges(bool hasChanges);
    /// Makes the changes of a file part of the draft, or says why not.
    void load(const QString &path);

signals:
    /// How something went, for the page's messages.
    void said(edgewise::theme::State state, const QString &what, const QString &why);

private:
    void copy();
    void askWhereToKeep();
    void askWhatToLoad();

    workspace::Workspace &m_workspace;
    std::function<Content()> m_content;
    QWidget *m_page;
    QAction *m_copy;
    QAction *m_keep;
    QAction *m_load;
};

} // namespace edgewise::reviewpage
