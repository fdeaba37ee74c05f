// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/edit.h>
#include <flags/flagactions.h>
#include <flags/metadatadialog.h>
#include <flags/newflagdialog.h>
#include <flags/transferdialog.h>
#include <theme/appearance.h>
#include <workspace/workspace.h>

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QSet>

#include <algorithm>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const std::vector<FlagKey> &keys)
{
    return keys.size() == 1 ? keys.front().text()
                            : FlagActions::tr("%1 flags").arg(qulonglong(keys.size()));
}

} // namespace

FlagActions::FlagActions(const theme::Appearance &appearance, workspace::Workspace &workspace,
                         Chosen chosen, QWidget *page)
    : QObject(page), m_appearance(appearance), m_workspace(workspace), m_chosen(std::move(chosen)),
      m_page(page)
{
    using Self = FlagActions;
    m_new = add(u"newFlag"_qs, tr("New flag…"), u"add"_qs, QKeySequence::New, &Self::createFlag);
    m_delete = add(u"deleteFlag"_qs, tr("Delete flags"), u"delete"_qs, QKeySequence::Delete,
                   &Self::deleteFlags);
    m_enable = add(u"enableFlags"_qs, tr("Switch on"), u"check"_qs, {}, &Self::enableChosen);
    m_disable = add(u"disableFlags"_qs, tr("Switch off"), u"stop"_qs, {}, &Self::disableChosen);
    m_metadata = add(u"flagMetadata"_qs, tr("Metadata…"), u"edit"_qs, {}, &Self::editMetadata);
    m_duplicate = add(u"duplicateFlag"_qs, tr("Duplicate…"), u"copy"_qs,
                      QKeySequence(Qt::CTRL | Qt::Key_D), &Self::duplicateFlag);
    m_transfer =
        add(u"transferFlags"_qs, tr("Copy or move to…"), u"forward"_qs, {}, &Self::transferChosen);
    m_copy = add(u"copyFlagKey"_qs, tr("Copy key"), u"copy"_qs, QKeySequence::Copy, &Self::copyKey);
    m_find = add(u"findFlag"_qs, tr("Find a flag"), u"search"_qs, QKeySequence::Find, nullptr);
    for (QAction *action : ofTable())
        action->setShortcutContext(Qt::WidgetShortcut);
    enable();
}

QAction *FlagActions::add(const QString &name, const QString &text, const QString &icon,
                          const QKeySequence &key, void (FlagActions::*run)())
{
    auto *action = new QAction(m_appearance.icon(icon), text, this);
    action->setObjectName(name);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    if (run)
        connect(action, &QAction::triggered, this, run);
    m_page->addAction(action);
    m_all.append(action);
    return action;
}

QList<QAction *> FlagActions::forSeveral() const
{
    return {m_enable, m_disable, m_metadata, m_transfer, m_delete};
}

QList<QAction *> FlagActions::forContextMenu() const
{
    return {m_copy, m_duplicate, m_transfer, m_enable, m_disable, m_metadata, m_delete, m_new};
}

std::shared_ptr<const flags::Namespace> FlagActions::nameSpace() const
{
    return m_workspace.draft().current().nameSpace(m_nameSpace);
}

void FlagActions::setCurrent(const std::optional<FlagKey> &key)
{
    m_current = key;
    enable();
}

void FlagActions::enable()
{
    const bool chosen = m_current.has_value();
    const bool locked = m_workspace.isLocked();
    for (QAction *action : {m_delete, m_enable, m_disable, m_metadata, m_duplicate, m_transfer})
        action->setEnabled(chosen && !locked);
    m_copy->setEnabled(chosen);
    m_new->setEnabled(nameSpace() && !locked);
    m_new->setToolTip(locked ? tr("Unlock writing first") : m_new->text());
}

void FlagActions::createFlag()
{
    auto *dialog = new NewFlagDialog(m_appearance, nameSpace(), m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const flags::Flag flag = dialog->flag();
        const Result<void> done = m_workspace.draft().edit(
            tr("create %1").arg(flag.key.text()), [&](const flags::Snapshot &snapshot) {
                return flags::insertFlag(snapshot, m_nameSpace, flag);
            });
        if (!done) {
            emit refused(done.error());
            return;
        }
        emit created(flag.key);
    });
    dialog->open();
}

void FlagActions::deleteFlags()
{
    const std::vector<FlagKey> keys = m_chosen();
    if (keys.empty())
        return;
    const Result<void> done = m_workspace.draft().edit(
        tr("delete %1").arg(nameOf(keys)), [&](const flags::Snapshot &snapshot) {
            return flags::removeFlags(snapshot, m_nameSpace, keys);
        });
    if (!done) {
        emit refused(done.error());
        return;
    }
    emit deleted();
}

void FlagActions::editAll(const std::vector<FlagKey> &keys, const QString &label, const Edit &edit)
{
    const Result<void> done = m_workspace.draft().edit(label, [&](const flags::Snapshot &snapshot) {
        return flags::editFlags(snapshot, m_nameSpace, keys, edit);
    });
    if (!done)
        emit refused(done.error());
}

void FlagActions::turnAll(const std::vector<FlagKey> &keys, bool on)
{
    if (!keys.empty())
        editAll(keys, (on ? tr("switch on %1") : tr("switch off %1")).arg(nameOf(keys)),
                [on](flags::Flag &flag) { flag.enabled = on; });
}

void FlagActions::turn(const FlagKey &key, bool on)
{
    turnAll({key}, on);
}

void FlagActions::enableChosen()
{
    turnAll(m_chosen(), true);
}

void FlagActions::disableChosen()
{
    turnAll(m_chosen(), false);
}

void FlagActions::editMetadata()
{
    emit aboutToEdit();
    const std::vector<FlagKey> keys = m_chosen();
    const auto all = nameSpace();
    if (keys.empty() || !all)
        return;
    const QSet<FlagKey> wanted(keys.begin(), keys.end());
    std::vector<std::shared_ptr<const flags::Flag>> chosen;
    std::ranges::copy_if(all->flags, std::back_inserter(chosen),
                         [&](const auto &flag) { return wanted.contains(flag->key); });
    auto *dialog = new MetadataDialog(std::move(chosen), m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, keys] {
        const MetadataEdit edit = dialog->edit();
        editAll(keys,
                (edit.value ? tr("set %1 of %2") : tr("remove %1 from %2"))
                    .arg(edit.name, nameOf(keys)),
                [&edit](flags::Flag &flag) { flag.metadata = edited(flag.metadata, edit); });
    });
    dialog->open();
}

void FlagActions::duplicateFlag()
{
    if (m_current)
        showTransfer({*m_current});
}

void FlagActions::transferChosen()
{
    const std::vector<FlagKey> keys = m_chosen();
    if (!keys.empty())
        showTransfer(keys);
}

void FlagActions::showTransfer(const std::vector<FlagKey> &keys)
{
    emit aboutToEdit();
    auto *dialog = new TransferDialog(m_workspace.draft().current(), m_nameSpace, keys, m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const flags::Transfer transfer = dialog->transfer();
        const Result<void> done =
            m_workspace.draft().edit((transfer.isMove ? tr("move %1 to %2") : tr("copy %1 to %2"))
                                         .arg(nameOf(transfer.flags), transfer.to.text()),
                                     [&](const flags::Snapshot &snapshot) {
                                         return flags::transferFlags(snapshot, transfer);
                                     });
        if (!done) {
            emit refused(done.error());
            return;
        }
        if (transfer.to == m_nameSpace && !transfer.newKey.isEmpty())
            emit duplicated(transfer.newKey);
    });
    dialog->open();
}

void FlagActions::copyKey()
{
    if (m_current)
        QGuiApplication::clipboard()->setText(m_current->text());
}

} // namespace edgewise::flagspage
