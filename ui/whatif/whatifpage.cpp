// SPDX-License-Identifier: GPL-3.0-or-later
#include <messages/sentence.h>
#include <models/expectationfile.h>
#include <theme/appearance.h>
#include <whatif/contextpanel.h>
#include <whatif/entitypane.h>
#include <whatif/populationpane.h>
#include <whatif/questionbar.h>
#include <whatif/whatifpage.h>
#include <widgets/expectationview.h>
#include <widgets/filechooser.h>
#include <widgets/messagebar.h>
#include <widgets/whomoves.h>

#include <QDropEvent>
#include <QMimeData>
#include <QTabWidget>

namespace edgewise::whatifpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using evaluation::Expectation;

WhatIfPage::WhatIfPage(const theme::Appearance &appearance, models::StateListModel &states,
                       models::PopulationChoice &choice, QWidget *parent)
    : QWidget(parent), m_bar(new QuestionBar(appearance, states, this)),
      m_messages(new widgets::MessageBar(appearance, this)), m_tabs(new QTabWidget(this)),
      m_entity(new EntityPane(appearance, this)),
      m_population(new PopulationPane(appearance, choice, this)),
      m_expectations(new widgets::ExpectationView(appearance, this))
{
    setObjectName(u"whatIfPage"_qs);
    setAcceptDrops(true);
    m_tabs->setObjectName(u"whatIfTabs"_qs);
    for (QWidget *pane : {static_cast<QWidget *>(m_entity), static_cast<QWidget *>(m_population),
                          static_cast<QWidget *>(m_expectations)})
        pane->setContentsMargins(0, between, 0, 0);
    m_tabs->addTab(m_entity, tr("One entity"));
    m_tabs->addTab(m_population, tr("Population"));
    m_tabs->addTab(m_expectations, tr("Expectations"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(around, around, around, around);
    column->setSpacing(between);
    column->addWidget(m_bar);
    column->addWidget(m_messages);
    column->addWidget(m_tabs, 1);

    connect(m_bar, &QuestionBar::changed, this, &WhatIfPage::takeQuestion);
    connect(m_bar, &QuestionBar::fileWanted, this, &WhatIfPage::chooseStateFile);
    connect(m_entity, &EntityPane::flagChosen, m_bar, &QuestionBar::chooseFlag);
    connect(m_entity, &EntityPane::expectationsWanted, this, &WhatIfPage::keepExpectations);
    connect(m_population, &PopulationPane::failed, this, &WhatIfPage::showTrouble);
    connect(m_population, &PopulationPane::entityChosen, this,
            [this](const evaluation::FlagAddress &flag, const QString &entity) {
                ask(flag.flag, entity);
            });
    connect(m_expectations, &widgets::ExpectationView::expectationChosen, this,
            &WhatIfPage::askExpectation);
    takeQuestion();
}

QList<QAction *> WhatIfPage::actions() const
{
    QList<QAction *> actions{m_entity->copyTextAction(), m_entity->copyJsonAction(),
                             m_population->exportSharesAction()};
    return actions + m_population->whoMoves()->actions();
}

void WhatIfPage::setNamespace(const NamespaceKey &key)
{
    m_nameSpace = key;
    m_bar->setNamespace(key);
}

void WhatIfPage::takeQuestion()
{
    const Question question = m_bar->question();
    m_entity->setQuestion(question);
    m_population->setQuestion(question);
    // What shall be is what must meet them.
    const bool hasSecond = question.second != nullptr;
    m_expectations->setState(hasSecond ? question.second : question.first,
                             hasSecond ? question.secondName : question.firstName);
}

void WhatIfPage::ask(const FlagKey &flag)
{
    m_tabs->setCurrentWidget(m_entity);
    m_bar->chooseFlag(flag);
}

void WhatIfPage::ask(const FlagKey &flag, const QString &entity)
{
    m_entity->context()->setEntity(entity);
    ask(flag);
}

void WhatIfPage::askExpectation(const Expectation &expectation)
{
    if (expectation.nameSpace != m_nameSpace)
        emit namespaceWanted(expectation.nameSpace);
    m_entity->context()->setContext(expectation.context);
    ask(expectation.flag, expectation.entity);
}

void WhatIfPage::showTrouble(const QString &sentence)
{
    m_messages->showMessage({theme::State::Bad, sentence, {}});
}

void WhatIfPage::chooseStateFile()
{
    widgets::chooseFile(this, tr("Ask a file as well"),
                        {tr("Documents and databases (*.yml *.yaml *.json *.db *.sqlite *)")},
                        [this](const QString &path) { emit fileChosen(path); });
}

void WhatIfPage::keepExpectations()
{
    const QString suggestion =
        m_expectations->file().isEmpty() ? u"expectations.expect"_qs : m_expectations->file();
    const auto keep = [this](const QString &file) {
        const std::vector<Expectation> kept = m_entity->expectations();
        if (kept.empty())
            return showTrouble(tr("An error is no answer to keep."));
        const Result<void> written = models::appendExpectations(file, kept);
        if (!written)
            return showTrouble(messages::sentence(written.error()));
        m_expectations->setFile(file);
        m_messages->showMessage({theme::State::Ok,
                                 kept.size() == 1
                                     ? tr("1 expectation was added to %1.").arg(file)
                                     : tr("%1 expectations were added to %2.")
                                           .arg(locale().toString(qint64(kept.size())), file),
                                 {}});
    };
    widgets::chooseFileToExtend(this, tr("Add to expectations"), suggestion,
                                {tr("Expectations (*.expect)"), tr("All files (*)")}, keep);
}

void WhatIfPage::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.constFirst().isLocalFile())
        event->acceptProposedAction();
}

void WhatIfPage::dropEvent(QDropEvent *event)
{
    const QString path = event->mimeData()->urls().constFirst().toLocalFile();
    if (path.endsWith(u".expect"_qs)) {
        m_expectations->setFile(path);
        m_tabs->setCurrentWidget(m_expectations);
    } else {
        emit fileChosen(path);
    }
    event->acceptProposedAction();
}

} // namespace edgewise::whatifpage
