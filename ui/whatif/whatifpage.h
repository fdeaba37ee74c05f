// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>
#include <base/key.h>
#include <models/populationchoice.h>
#include <models/statelistmodel.h>

#include <QWidget>

class QTabWidget;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::evaluation {
struct Expectation;
}
namespace edgewise::widgets {
class ExpectationView;
class MessageBar;
} // namespace edgewise::widgets

namespace edgewise::whatifpage {

class EntityPane;
class PopulationPane;
class QuestionBar;

/// "What does this entity get, and why? What does everybody get, and who moves?" Asked of any state
/// of the flags, or of two side by side, as they are now; nothing here waits or writes flags.
class WhatIfPage : public QWidget {
    Q_OBJECT

public:
    /// `states` and `choice` must outlive the page; the first two states are asked at first.
    WhatIfPage(const theme::Appearance &appearance, models::StateListModel &states,
               models::PopulationChoice &choice, QWidget *parent = nullptr);

    void setNamespace(const NamespaceKey &key);
    /// Asks this flag; for links from other pages.
    void ask(const FlagKey &flag);
    /// Asks it for this entity, with the context as it stands.
    void ask(const FlagKey &flag, const QString &entity);

    QuestionBar *bar() const { return m_bar; }
    EntityPane *entityPane() const { return m_entity; }
    PopulationPane *populationPane() const { return m_population; }
    widgets::ExpectationView *expectations() const { return m_expectations; }
    /// For the window's menu.
    QList<QAction *> actions() const;

    /// For what became of a file.
    void showTrouble(const QString &sentence);

signals:
    /// This file shall be one of the states.
    void fileChosen(const QString &path);
    /// The namespace of what shall be asked is another one.
    void namespaceWanted(const edgewise::NamespaceKey &key);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void takeQuestion();
    void chooseStateFile();
    void keepExpectations();
    void askExpectation(const evaluation::Expectation &expectation);

    NamespaceKey m_nameSpace;
    QuestionBar *m_bar;
    widgets::MessageBar *m_messages;
    QTabWidget *m_tabs;
    EntityPane *m_entity;
    PopulationPane *m_population;
    widgets::ExpectationView *m_expectations;
};

} // namespace edgewise::whatifpage
