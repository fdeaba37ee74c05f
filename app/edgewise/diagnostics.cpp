// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnostics.h"

#include <workspace/workspace.h>

#include <QGuiApplication>
#include <QScreen>
#include <QSslSocket>
#include <QSysInfo>

namespace edgewise {

using namespace Qt::StringLiterals;
using workspace::SnapshotFeed;

namespace {

// The report is for those who mend the program, so it is not translated.
QString schemaText(const store::SchemaState &schema)
{
    using Kind = store::SchemaState::Kind;
    switch (schema.kind) {
    case Kind::Empty:
        return u"empty"_qs;
    case Kind::Foreign:
        return u"foreign"_qs;
    case Kind::TooOld:
        return u"too old"_qs;
    case Kind::Older:
        return u"older"_qs;
    case Kind::Current:
        return u"current"_qs;
    case Kind::Dirty:
        return u"dirty"_qs;
    case Kind::Newer:
        return u"newer"_qs;
    }
    Q_UNREACHABLE();
}

void addMachine(QStringList &lines)
{
    lines.append(u"Edgewise "_qs + QCoreApplication::applicationVersion());
    lines.append(u"Qt %1 (built with %2), platform %3"_qs.arg(QString::fromLatin1(qVersion()),
                                                              QStringLiteral(QT_VERSION_STR),
                                                              QGuiApplication::platformName()));
    lines.append(u"TLS: "_qs + QSslSocket::sslLibraryVersionString());
    lines.append(QSysInfo::prettyProductName() + u", "_qs + QSysInfo::kernelType() + u' '
                 + QSysInfo::kernelVersion() + u", "_qs + QSysInfo::currentCpuArchitecture());
    const QList<QScreen *> screens = QGuiApplication::screens();
    for (const QScreen *screen : screens)
        lines.append(u"screen %1x%2, scale %3"_qs.arg(screen->size().width())
                         .arg(screen->size().height())
                         .arg(screen->devicePixelRatio()));
}

void addDatabase(QStringList &lines, workspace::Workspace &workspace)
{
    const SnapshotFeed &feed = workspace.primary();
    lines.append(workspace.isLocked() ? u"read-only"_qs : u"unlocked"_qs);
    if (!feed.hasReading()) {
        lines.append(u"the primary was not read: "_qs + feed.error().detail);
        return;
    }
    const store::Reading &reading = feed.reading();
    lines.append(
        u"schema %1 (%2), %3 reading"_qs.arg(reading.schema.version)
            .arg(schemaText(reading.schema), reading.origin.exact ? u"exact"_qs : u"inexact"_qs));
    QStringList tables = reading.rowCounts.keys();
    tables.sort();
    for (const QString &table : std::as_const(tables))
        lines.append(u"%1: %2 rows"_qs.arg(table).arg(reading.rowCounts.value(table)));
    lines.append(u"%1 changes in the draft"_qs.arg(workspace.draft().changes().changes.size()));
}

} // namespace

QString diagnosticsText(workspace::Workspace *workspace, const QList<window::NodeStatus> &nodes,
                        const QStringList &logLines)
{
    QStringList lines;
    addMachine(lines);
    lines.append({QString(), u"Nodes"_qs});
    for (const window::NodeStatus &node : nodes)
        lines.append(u"%1  %2  %3  %4"_qs.arg(node.name, node.word, node.figures,
                                              QString(node.why).replace(u'\n', u' ')));
    if (workspace) {
        lines.append({QString(), u"Database"_qs});
        addDatabase(lines, *workspace);
    } else {
        lines.append(u"nothing is open"_qs);
    }
    lines.append({QString(), u"Log"_qs});
    lines += logLines;
    return lines.join(u'\n') + u'\n';
}

} // namespace edgewise
