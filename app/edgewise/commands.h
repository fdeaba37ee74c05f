// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>
#include <flags/snapshot.h>
#include <window/palette.h>

#include <QObject>

namespace edgewise {

namespace window {
class MainWindow;
}
namespace workspace {
class Workspace;
}

/// What the palette finds: every action of the window, and of the open database every namespace,
/// flag and segment with what can be done to it. Builds no list beforehand: the snapshot is
/// searched with each key.
class Commands : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it.
    Commands(window::MainWindow &window, workspace::Workspace &workspace,
             QObject *parent = nullptr);

    /// Its flags and segments stand before those of others.
    void setNamespace(const NamespaceKey &key) { m_nameSpace = key; }
    QList<window::PaletteEntry> find(const QStringList &words);

signals:
    void namespaceChosen(const edgewise::NamespaceKey &key);
    void flagChosen(const edgewise::NamespaceKey &nameSpace, const edgewise::FlagKey &key);
    void segmentChosen(const edgewise::NamespaceKey &nameSpace, const edgewise::SegmentKey &key);
    /// To be saved at once.
    void turnChosen(const edgewise::NamespaceKey &nameSpace, const edgewise::FlagKey &key, bool on);

private:
    void findActions(const QStringList &words, QList<window::PaletteEntry> &found);
    void findIn(const flags::Namespace &nameSpace, const QStringList &words,
                QList<window::PaletteEntry> &found);
    void offer(QList<window::PaletteEntry> &found, const QStringList &words,
               std::initializer_list<QStringView> texts, window::PaletteEntry entry, int penalty);

    window::MainWindow &m_window;
    workspace::Workspace &m_workspace;
    NamespaceKey m_nameSpace;
};

} // namespace edgewise
