// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/json.h>
#include <messages/sentence.h>
#include <review/changedocuments.h>
#include <review/changeexchange.h>
#include <theme/appearance.h>
#include <workspace/workspace.h>

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>

namespace edgewise::reviewpage {

using namespace Qt::StringLiterals;

ChangeExchange::ChangeExchange(const theme::Appearance &appearance, workspace::Workspace &workspace,
                               std::function<Content()> content, QWidget *page)
    : QObject(page), m_workspace(workspace), m_content(std::move(content)), m_page(page)
{
    const auto make = [&](const QString &name, const QString &text, const QString &icon,
                          void (ChangeExchange::*run)()) {
        auto *action = new QAction(appearance.icon(icon), text, page);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, run);
        return action;
    };
    m_copy = make(u"copyMarkdown"_qs, tr("Copy the changes as Markdown"), u"copy"_qs,
                  &ChangeExchange::copy);
    m_keep = make(u"keepChanges"_qs, tr("Save the changes to a file…"), u"save"_qs,
                  &ChangeExchange::askWhereToKeep);
    m_load = make(u"loadChanges"_qs, tr("Load changes from a file…"), u"add"_qs,
                  &ChangeExchange::askWhatToLoad);
}

void ChangeExchange::setHasChanges(bool hasChanges)
{
    m_copy->setEnabled(hasChanges);
    m_keep->setEnabled(hasChanges);
}

void ChangeExchange::copy()
{
    const Content content = m_content();
    if (!content.outcome)
        return;
    QGuiApplication::clipboard()->setText(markdown(content.title, content.reason, content.changes,
                                                   m_workspace.draft().base(), *content.outcome));
    emit said(theme::State::Ok, tr("The changes are on the clipboard."), {});
}

void ChangeExchange::askWhereToKeep()
{
    auto *dialog = new QFileDialog(m_page, tr("Save the changes to a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Change sets (*%1)").arg(changes::fileSuffix));
    connect(dialog, &QFileDialog::fileSelected, this, [this](QString path) {
        if (!path.endsWith(changes::fileSuffix))
            path += changes::fileSuffix;
        const Result<void> written = writeChanges(path, m_content().changes);
        written ? emit said(theme::State::Ok, tr("The changes are in %1.").arg(path), {})
                : emit said(theme::State::Bad, messages::sentence(written.error()), {});
    });
    dialog->open();
}

void ChangeExchange::askWhatToLoad()
{
    auto *dialog = new QFileDialog(m_page, tr("Load changes from a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Change sets (*%1)").arg(changes::fileSuffix));
    connect(dialog, &QFileDialog::fileSelected, this, &ChangeExchange::load);
    dialog->open();
}

void ChangeExchange::load(const QString &path)
{
    const Result<changes::ChangeSet> loaded = readChanges(path);
    if (!loaded) {
        emit said(theme::State::Bad, messages::sentence(loaded.error()), {});
        return;
    }
    const Result<void> done = m_workspace.draft().edit(
        tr("load %1").arg(QFileInfo(path).fileName()),
        [&](const flags::Snapshot &snapshot) { return changes::apply(snapshot, *loaded); });
    if (!done)
        emit said(theme::State::Bad, tr("The changes do not fit what is here now."),
                  messages::sentence(done.error()));
}

} // namespace edgewise::reviewpage
