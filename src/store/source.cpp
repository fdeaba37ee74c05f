// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/source.h>

#include <QDir>
#include <QFileInfo>

namespace edgewise::store {

using namespace Qt::StringLiterals;

namespace {

Error refused(const QString &text, const QString &why)
{
    return {.kind = Error::Kind::Input, .step = u"opening "_qs + text, .detail = why};
}

Result<Source> parseUrl(const QString &text)
{
    QUrl url(text, QUrl::StrictMode);
    // The text may hold a password: it must not travel on, not even in an error.
    const QString shown = url.isValid() ? url.toDisplayString(QUrl::RemoveUserInfo) : u"the URL"_qs;
    if (!url.isValid() || url.host().isEmpty())
        return refused(shown, u"this is not a valid URL; it must look like http://host:8080"_qs);
    const QString scheme = url.scheme().toLower();
    if (scheme != u"http" && scheme != u"https" && scheme != u"libsql")
        return refused(shown, u"unknown scheme \""_qs + scheme
                                  + u"\"; use http, https or libsql for an sqld node, or the path "
                                    u"of a SQLite file"_qs);
    if (!url.userInfo().isEmpty())
        return refused(shown, u"a URL must not hold a user or password; give the token by "
                              u"EDGEWISE_TOKEN, --token-file or the connection's settings"_qs);
    if (url.hasQuery() || url.hasFragment())
        return refused(shown.section(u'?', 0, 0).section(u'#', 0, 0),
                       u"a node's URL has no query and no fragment; a token is given by "
                       u"EDGEWISE_TOKEN, --token-file or the connection's settings"_qs);
    if (scheme == u"libsql")
        url.setScheme(u"https"_qs);
    return Source{.kind = Source::Kind::Node, .url = url, .path = {}, .text = text};
}

/// The database file of the sqld data directory that stands at `path`, or of one of its
/// namespaces: DIR holds "dbs" and "metastore", DIR/dbs/NAMESPACE holds "data" and a log of the
/// primary or the replica. Empty when it is none.
QString dataFile(const QString &path)
{
    const QDir directory(path);
    if (directory.exists(u"dbs"_qs) && directory.exists(u"metastore/data"_qs))
        return directory.filePath(u"dbs/default/data"_qs);
    if (QFileInfo(directory.filePath(u"data"_qs)).isFile()
        && (directory.exists(u"wallog"_qs) || directory.exists(u"client_wal_index"_qs)))
        return directory.filePath(u"data"_qs);
    return {};
}

Result<Source> parsePath(const QString &text)
{
    const QFileInfo info(text);
    if (info.isDir()) {
        const QString file = dataFile(info.absoluteFilePath());
        if (file.isEmpty())
            return refused(text, u"this folder is no sqld data directory (no dbs/ beside "
                                 u"metastore/data, no data beside wallog)"_qs);
        return Source{.kind = Source::Kind::DataDirectory, .url = {}, .path = file, .text = text};
    }
    if (info.exists() && !info.isFile())
        return refused(text, u"this is neither a file nor a folder"_qs);
    const QString absolute = info.absoluteFilePath();
    // A server's own file is never opened for writing, by whatever name it is given: a write beside
    // the server would never be replicated.
    if (info.fileName() == u"data" && dataFile(info.absolutePath()) == absolute)
        return Source{
            .kind = Source::Kind::DataDirectory, .url = {}, .path = absolute, .text = text};
    return Source{.kind = Source::Kind::File, .url = {}, .path = absolute, .text = text};
}

} // namespace

Result<Source> Source::parse(const QString &text)
{
    if (text.isEmpty())
        return refused(u"a source"_qs, u"it is empty; give the URL of an sqld node, a SQLite file "
                                       u"or an sqld data directory"_qs);
    if (text.contains(u"://"))
        return parseUrl(text);
    return parsePath(text);
}

} // namespace edgewise::store
