// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/json.h>
#include <changes/text.h>
#include <review/changedocuments.h>

#include <QFile>
#include <QSaveFile>

namespace edgewise::reviewpage {

using namespace Qt::StringLiterals;

namespace {

Error fileError(const QString &step, const QString &detail)
{
    return {.kind = Error::Kind::Input, .step = step, .detail = detail};
}

/// Backticks enough that none of the text ends the block.
QString fenceFor(const QString &text)
{
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar letter : text) {
        run = letter == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return QString(std::max<qsizetype>(3, longest + 1), u'`');
}

} // namespace

Result<void> writeChanges(const QString &path, const changes::ChangeSet &changes)
{
    QSaveFile file(path);
    const QByteArray content = changes::toJson(changes);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit())
        return fileError(u"writing %1"_qs.arg(path), file.errorString());
    return {};
}

Result<changes::ChangeSet> readChanges(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(u"reading %1"_qs.arg(path), file.errorString());
    return changes::parseJson(file.readAll());
}

QString markdown(const QString &title, const QString &reason, const changes::ChangeSet &changes,
                 const flags::Snapshot &before, const flags::Snapshot &after)
{
    QString text = u"### "_qs + title + u"\n\n"_qs;
    if (!reason.isEmpty())
        text += u"> "_qs + QString(reason).replace(u'\n', u"\n> "_qs) + u"\n\n"_qs;
    const QString lines = changes::text(changes::visible(changes), before, after).join(u'\n');
    const QString fence = fenceFor(lines);
    return text + fence + u'\n' + lines + u'\n' + fence + u'\n';
}

} // namespace edgewise::reviewpage
