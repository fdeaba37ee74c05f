// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspacestates.h"

#include "models/textfile.h"

#include <base/whenready.h>
#include <changes/align.h>
#include <features/parse.h>
#include <messages/sentence.h>

#include <QFileInfo>
#include <QLocale>
#include <QtConcurrentRun>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using workspace::Draft;
using workspace::SnapshotFeed;

struct WorkspaceStates::DatabaseFile {
    store::Connection connection;
    SnapshotFeed feed;

    DatabaseFile(const store::Source &source, const Clock &clock)
        : connection(source, readOnly(), clock), feed(connection)
    {
    }
    static store::ConnectionOptions readOnly()
    {
        store::ConnectionOptions options;
        options.readOnly = true;
        return options;
    }
};

namespace {

/// The document as a state of the database: objects that are there already keep their ids, so that
/// two traces of one rule are seen to be of one rule.
Result<flags::Snapshot> documentState(const QString &path, features::Format format,
                                      const flags::Snapshot &database)
{
    const Result<QByteArray> text = readTextFile(u"reading a document"_qs, path);
    if (!text)
        return text.error();
    const Result<features::Document> document = features::parse(*text, format);
    if (!document)
        return document.error();
    return changes::align(database, document->snapshot, changes::AlignMode::Replace);
}

} // namespace

QString WorkspaceStates::draftId()
{
    return u"draft"_qs;
}

QString WorkspaceStates::primaryId()
{
    return u"primary"_qs;
}

QString WorkspaceStates::replicaId(int replica)
{
    return u"replica:%1"_qs.arg(replica);
}

QString WorkspaceStates::fileId(const QString &path)
{
    return u"file:"_qs + path;
}

WorkspaceStates::WorkspaceStates(workspace::Workspace &workspace, const Clock &clock,
                                 QObject *parent)
    : StateListModel(parent), m_workspace(workspace), m_clock(clock)
{
    addState(primaryId(), tr("Primary"));
    addState(draftId(), tr("Draft"));
    connect(&workspace.draft(), &Draft::currentChanged, this, &WorkspaceStates::takeDraft);
    connect(&workspace.draft(), &Draft::baseChanged, this, &WorkspaceStates::takeDraft);
    const QList<SnapshotFeed *> replicas = workspace.replicas();
    for (qsizetype i = 0; i < replicas.size(); ++i)
        addFeed(replicaId(int(i)), workspace.replicaNodes().value(i).name, *replicas[i]);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &WorkspaceStates::readDocument);
    takeDraft();
}

WorkspaceStates::~WorkspaceStates() = default;

void WorkspaceStates::addFeed(const QString &id, const QString &name, SnapshotFeed &feed)
{
    addState(id, name);
    const auto take = [this, id, &feed] {
        if (feed.hasReading())
            setSnapshot(id, feed.reading().snapshot);
        const auto frame =
            feed.hasReading() ? feed.reading().origin.replicationIndex : std::nullopt;
        if (feed.state() == SnapshotFeed::State::Error)
            setNote(id, messages::sentence(feed.error()));
        else
            setNote(id, frame ? tr("frame %1").arg(QLocale().toString(*frame)) : QString());
    };
    connect(&feed, &SnapshotFeed::readingChanged, this, take);
    connect(&feed, &SnapshotFeed::stateChanged, this, take);
    take();
}

void WorkspaceStates::takeDraft()
{
    const Draft &draft = m_workspace.draft();
    // Before the first reading there is nothing to ask.
    if (!m_workspace.primary().hasReading() && draft.current().namespaces.empty())
        return;
    setSnapshot(primaryId(), draft.base());
    setSnapshot(draftId(), draft.current());
    setNote(draftId(), draft.isChanged() ? QString() : tr("no changes"));
}

void WorkspaceStates::addFile(const QString &path)
{
    if (rowOf(fileId(path)) >= 0)
        return;
    addState(fileId(path), QFileInfo(path).fileName());
    setNote(fileId(path), path);
    if (features::formatOf(path)) {
        m_watcher.addPath(path);
        readDocument(path);
    } else {
        openDatabase(path);
    }
}

void WorkspaceStates::readDocument(const QString &path)
{
    // Editors write a new file in the place of the old one, which ends the watch.
    m_watcher.addPath(path);
    const auto format = features::formatOf(path);
    whenReady(QtConcurrent::run([path, format = *format, base = m_workspace.draft().base()] {
                  return documentState(path, format, base);
              }),
              this, [this, path](const Result<flags::Snapshot> &read) {
                  if (!read)
                      return fail(path, read.error());
                  setNote(fileId(path), path);
                  setSnapshot(fileId(path), *read);
              });
}

void WorkspaceStates::openDatabase(const QString &path)
{
    const Result<store::Source> source = store::Source::parse(path);
    if (!source)
        return fail(path, source.error());
    m_databases.push_back(std::make_unique<DatabaseFile>(*source, m_clock));
    SnapshotFeed &feed = m_databases.back()->feed;
    connect(&feed, &SnapshotFeed::stateChanged, this, [this, path, &feed] {
        if (feed.state() == SnapshotFeed::State::Error)
            fail(path, feed.error());
        else
            setNote(fileId(path), path);
    });
    connect(&feed, &SnapshotFeed::readingChanged, this,
            [this, path, &feed] { setSnapshot(fileId(path), feed.reading().snapshot); });
    feed.start();
}

void WorkspaceStates::fail(const QString &path, const Error &error)
{
    setNote(fileId(path), messages::sentence(error));
    emit fileFailed(path, error);
}

} // namespace edgewise::models
