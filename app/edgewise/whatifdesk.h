// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/populationchoice.h>
#include <models/workspacestates.h>

#include <QObject>
#include <QPointer>

namespace edgewise {

namespace reviewpage {
class ReviewPage;
}
namespace theme {
class Appearance;
}
namespace whatifpage {
class WhatIfPage;
}
namespace window {
class MainWindow;
}

/// What can be asked of one open database: the states of its flags, the population, and the pages
/// that ask, wired to each other. The What-if page, and in Review who moves and what is expected.
class WhatIfDesk : public QObject {
    Q_OBJECT

public:
    /// All must outlive the desk.
    WhatIfDesk(window::MainWindow &window, const theme::Appearance &appearance,
               workspace::Workspace &workspace, const Clock &clock, QObject *parent = nullptr);
    ~WhatIfDesk() override;

    /// Adds the What-if page to the window, which deletes its pages with each database that is
    /// closed, and the sheets to the review.
    void addPages(reviewpage::ReviewPage &review);
    void setNamespace(const NamespaceKey &key);

signals:
    /// The question is about another namespace: whoever shows one shall show it.
    void namespaceWanted(const edgewise::NamespaceKey &key);

private:
    void addImpact(reviewpage::ReviewPage &review);
    void addExpectations(reviewpage::ReviewPage &review);
    void ask(const NamespaceKey &nameSpace, const FlagKey &flag, const QString &entity);

    window::MainWindow &m_window;
    const theme::Appearance &m_appearance;
    models::WorkspaceStates m_states;
    models::PopulationChoice m_population;
    NamespaceKey m_namespace;
    QPointer<whatifpage::WhatIfPage> m_page; ///< the window's
};

} // namespace edgewise
