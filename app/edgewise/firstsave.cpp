// SPDX-License-Identifier: GPL-3.0-or-later
#include "firstsave.h"

#include "documents.h"

#include <settings/settings.h>
#include <window/mainwindow.h>
#include <workspace/workspace.h>

#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace edgewise {

using namespace Qt::StringLiterals;

FirstSave::FirstSave(window::MainWindow &window, settings::Settings &settings,
                     workspace::Workspace &workspace, Documents &documents, QString address,
                     QObject *parent)
    : QObject(parent), m_window(window), m_settings(settings), m_workspace(workspace),
      m_documents(documents), m_address(std::move(address))
{
}

bool FirstSave::isWanted() const
{
    if (m_settings.value(settings::backupOffered, m_address))
        return false;
    const auto &namespaces = m_workspace.draft().base().namespaces;
    return std::any_of(namespaces.begin(), namespaces.end(), [](const auto &nameSpace) {
        return !nameSpace->flags.empty() || !nameSpace->segments.empty();
    });
}

void FirstSave::ask(const std::function<void()> &goOn)
{
    if (!isWanted()) {
        goOn();
        return;
    }
    auto *question = new QMessageBox(&m_window);
    question->setObjectName(u"firstSave"_qs);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::Question);
    question->setWindowTitle(tr("First save to this database"));
    question->setText(tr("Write what is there now to a document first?"));
    question->setInformativeText(
        tr("Nothing has been saved to %1 from here before. With the document, everything that is "
           "there can be brought back, also by Flipt itself.")
            .arg(m_address));
    QPushButton *backUp = question->addButton(tr("Back up and save…"), QMessageBox::AcceptRole);
    backUp->setObjectName(u"backUpFirst"_qs);
    QPushButton *without = question->addButton(tr("Save without"), QMessageBox::DestructiveRole);
    without->setObjectName(u"saveWithoutBackup"_qs);
    question->addButton(QMessageBox::Cancel);
    question->setDefaultButton(backUp);
    connect(backUp, &QPushButton::clicked, this,
            [this, goOn] { m_documents.backUp([this, goOn] { answered(goOn); }); });
    connect(without, &QPushButton::clicked, this, [this, goOn] { answered(goOn); });
    question->open();
}

void FirstSave::answered(const std::function<void()> &goOn)
{
    m_settings.setValue(settings::backupOffered, true, m_address);
    goOn();
}

} // namespace edgewise
