// SPDX-License-Identifier: GPL-3.0-or-later
#include "whatifdesk.h"

#include <messages/sentence.h>
#include <review/draftexpectations.h>
#include <review/draftimpact.h>
#include <review/reviewpage.h>
#include <whatif/contextpanel.h>
#include <whatif/entitypane.h>
#include <whatif/whatifpage.h>
#include <widgets/expectationview.h>
#include <widgets/whomoves.h>
#include <window/mainwindow.h>

namespace edgewise {

using namespace Qt::StringLiterals;
using models::WorkspaceStates;
using reviewpage::DraftExpectations;
using reviewpage::DraftImpact;
using whatifpage::WhatIfPage;
using widgets::ExpectationView;

WhatIfDesk::WhatIfDesk(window::MainWindow &window, const theme::Appearance &appearance,
                       workspace::Workspace &workspace, const Clock &clock, QObject *parent)
    : QObject(parent), m_window(window), m_appearance(appearance), m_states(workspace, clock)
{
}

WhatIfDesk::~WhatIfDesk() = default;

void WhatIfDesk::addPages(reviewpage::ReviewPage &review)
{
    m_page = new WhatIfPage(m_appearance, m_states, m_population);
    m_window.addPage({u"whatif"_qs, tr("What-if"), u"whatif"_qs, m_page});
    m_window.addActions(window::MainWindow::Menu::Evaluate, m_page->actions());
    connect(m_page, &WhatIfPage::fileChosen, &m_states, &WorkspaceStates::addFile);
    connect(m_page, &WhatIfPage::namespaceWanted, this, &WhatIfDesk::namespaceWanted);
    connect(&m_states, &WorkspaceStates::fileFailed, m_page,
            [this](const QString &, const Error &error) {
                m_page->showTrouble(messages::sentence(error));
            });
    addImpact(review);
    addExpectations(review);
}

void WhatIfDesk::addImpact(reviewpage::ReviewPage &review)
{
    auto *impact = new DraftImpact(m_appearance, m_states, WorkspaceStates::primaryId(),
                                   WorkspaceStates::draftId(), m_population);
    review.addSheet(impact, tr("Who moves"));
    connect(impact->whoMoves(), &widgets::WhoMoves::entityChosen, m_page,
            [this](const evaluation::FlagAddress &flag, const QString &entity) {
                ask(flag.nameSpace, flag.flag, entity);
            });
}

void WhatIfDesk::addExpectations(reviewpage::ReviewPage &review)
{
    // One file of expectations for both pages; the review holds the draft against it.
    auto *sheet = new DraftExpectations(m_appearance, m_states, WorkspaceStates::draftId());
    review.addSheet(sheet, tr("Expectations"));
    connect(sheet, &DraftExpectations::objectionChanged, &review,
            &reviewpage::ReviewPage::setObjection);
    ExpectationView *ours = sheet->view();
    ExpectationView *others = m_page->expectations();
    connect(others, &ExpectationView::fileChanged, ours, &ExpectationView::setFile);
    connect(ours, &ExpectationView::fileChanged, others, &ExpectationView::setFile);
    connect(ours, &ExpectationView::expectationChosen, m_page,
            [this](const evaluation::Expectation &expectation) {
                m_page->entityPane()->context()->setContext(expectation.context);
                ask(expectation.nameSpace, expectation.flag, expectation.entity);
            });
}

void WhatIfDesk::ask(const NamespaceKey &nameSpace, const FlagKey &flag, const QString &entity)
{
    if (nameSpace != m_namespace)
        emit namespaceWanted(nameSpace);
    m_window.showPage(u"whatif"_qs);
    m_page->ask(flag, entity);
}

void WhatIfDesk::setNamespace(const NamespaceKey &key)
{
    m_namespace = key;
    if (m_page)
        m_page->setNamespace(key);
}

} // namespace edgewise
