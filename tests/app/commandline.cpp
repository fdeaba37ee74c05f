// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <support/sqldnode.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

namespace edgewise::test {

QByteArrayList RunResult::lines() const
{
    QByteArrayList lines = output.split('\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

QList<QJsonObject> RunResult::objects() const
{
    QList<QJsonObject> objects;
    for (const QByteArray &line : lines()) {
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (!document.isObject())
            qFatal("not a JSON object: %s", line.left(200).constData());
        objects.append(document.object());
    }
    return objects;
}

QString cliProgram()
{
    return QStringLiteral(EDGEWISE_CLI);
}

RunResult runCli(const QStringList &arguments, const QByteArray &input,
                 const QStringList &environment)
{
    QProcess process;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    for (const QString &assignment : environment)
        variables.insert(assignment.section(u'=', 0, 0), assignment.section(u'=', 1));
    process.setProcessEnvironment(variables);
    process.start(cliProgram(), arguments);
    if (!process.waitForStarted())
        qFatal("%s could not be started", EDGEWISE_CLI);
    process.write(input);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(60000);
    if (!ended)
        process.kill();
    process.waitForFinished(5000);
    const bool normal = ended && process.exitStatus() == QProcess::NormalExit;
    return {.exitCode = normal ? process.exitCode() : -1,
            .output = process.readAllStandardOutput(),
            .errors = process.readAllStandardError()};
}

bool isOneSentence(const QByteArray &errors)
{
    const QByteArray text = errors.trimmed();
    return text.startsWith("edgewise-cli: ") && !text.contains('\n') && text.endsWith('.')
           && text.size() > 30 && text.size() < 500;
}

QString writeFile(const QString &directory, const QString &name, const QByteArray &content)
{
    QFile file(QDir(directory).filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s could not be written", qPrintable(file.fileName()));
    return file.fileName();
}

QList<QStringList> rows(const SqldNode &node, const QString &statement)
{
    const QJsonObject body = QJsonDocument::fromJson(node.execute({statement})).object();
    const QJsonValue answer = body[u"results"][0];
    const QJsonArray rows = answer[u"response"][u"result"][u"rows"].toArray();
    if (answer[u"type"].toString() != u"ok")
        qFatal("%s", QJsonDocument(answer.toObject()).toJson().constData());
    QList<QStringList> texts;
    for (const QJsonValue &row : rows) {
        QStringList cells;
        for (const QJsonValue &cell : row.toArray()) {
            const QJsonValue value = cell[u"value"];
            cells.append(cell[u"type"].toString() == u"null" ? QStringLiteral("NULL")
                         : value.isDouble()                  ? QString::number(value.toDouble())
                                                             : value.toString());
        }
        texts.append(cells);
    }
    return texts;
}

} // namespace edgewise::test
