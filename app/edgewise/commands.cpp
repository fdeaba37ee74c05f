// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

#include <window/mainwindow.h>
#include <workspace/workspace.h>

#include <QAction>
#include <QMenu>
#include <QSet>

namespace edgewise {

using namespace Qt::StringLiterals;
using window::PaletteEntry;

namespace {

// What people look for is named rather than done, and rather here than elsewhere.
constexpr int opensObject = 1;
constexpr int turnsFlag = 2;
constexpr int elsewhere = 8;

} // namespace

Commands::Commands(window::MainWindow &window, workspace::Workspace &workspace, QObject *parent)
    : QObject(parent), m_window(window), m_workspace(workspace)
{
}

QList<PaletteEntry> Commands::find(const QStringList &words)
{
    QList<PaletteEntry> found;
    findActions(words, found);
    for (const auto &nameSpace : m_workspace.draft().current().namespaces) {
        const NamespaceKey key = nameSpace->key;
        offer(found, words, {key.text(), nameSpace->name, tr("namespace")},
              {.title = key.text(),
               .detail = tr("namespace"),
               .iconName = u"namespace"_qs,
               .keys = {},
               .run = [this, key] { emit namespaceChosen(key); }},
              opensObject);
        // Without a word the list would be the whole database.
        if (!words.isEmpty())
            findIn(*nameSpace, words, found);
    }
    return found;
}

void Commands::offer(QList<PaletteEntry> &found, const QStringList &words,
                     std::initializer_list<QStringView> texts, PaletteEntry entry, int penalty)
{
    const std::optional<int> score = window::matchScore(words, texts);
    if (!score)
        return;
    entry.score = *score + penalty;
    found.append(std::move(entry));
}

void Commands::findActions(const QStringList &words, QList<PaletteEntry> &found)
{
    QSet<QString> seen;
    const QList<window::MainWindow::MenuAction> actions = m_window.findableActions();
    for (const auto &[submenu, action] : actions) {
        QString title = action->text().remove(u'&');
        if (!submenu.isEmpty() && !title.isEmpty())
            title = QString(submenu).remove(u'&') + u": "_qs + title;
        if (title.isEmpty() || action->isSeparator() || action->menu() || !action->isEnabled()
            || !action->isVisible() || seen.contains(title))
            continue;
        seen.insert(title);
        offer(found, words, {title},
              {.title = title,
               .detail = {},
               .iconName = u"play"_qs,
               .keys = action->shortcut().toString(QKeySequence::NativeText),
               .run =
                   [action = QPointer<QAction>(action)] {
                       if (action)
                           action->trigger();
                   }},
              0);
    }
}

void Commands::findIn(const flags::Namespace &nameSpace, const QStringList &words,
                      QList<PaletteEntry> &found)
{
    const NamespaceKey key = nameSpace.key;
    const int distance = key == m_nameSpace ? 0 : elsewhere;
    const QString flagWord = tr("flag");
    const QString segmentWord = tr("segment");
    const QString on = tr("Switch on");
    const QString off = tr("Switch off");
    const bool locked = m_workspace.isLocked();
    for (const auto &flag : nameSpace.flags) {
        const FlagKey flagKey = flag->key;
        const QString detail = flag->enabled ? tr("flag in %1, on").arg(key.text())
                                             : tr("flag in %1, off").arg(key.text());
        offer(found, words, {flagKey.text(), flag->name, flagWord},
              {.title = flagKey.text(),
               .detail = detail,
               .iconName = u"flag"_qs,
               .keys = {},
               .run = [this, key, flagKey] { emit flagChosen(key, flagKey); }},
              opensObject + distance);
        const bool turnOn = !flag->enabled;
        const QString verb = turnOn ? on : off;
        const QString consequence = locked
                                        ? tr("unlocks, saves at once; flag in %1").arg(key.text())
                                        : tr("saves at once; flag in %1").arg(key.text());
        offer(found, words, {flagKey.text(), verb, flag->name},
              {.title = verb + u' ' + flagKey.text(),
               .detail = consequence,
               .iconName = turnOn ? u"play"_qs : u"stop"_qs,
               .keys = {},
               .run = [this, key, flagKey, turnOn] { emit turnChosen(key, flagKey, turnOn); }},
              turnsFlag + distance);
    }
    for (const auto &segment : nameSpace.segments) {
        const SegmentKey segmentKey = segment->key;
        offer(found, words, {segmentKey.text(), segment->name, segmentWord},
              {.title = segmentKey.text(),
               .detail = tr("segment in %1").arg(key.text()),
               .iconName = u"segments"_qs,
               .keys = {},
               .run = [this, key, segmentKey] { emit segmentChosen(key, segmentKey); }},
              opensObject + distance);
    }
}

} // namespace edgewise
