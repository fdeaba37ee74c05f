// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>
#include <QUrl>

namespace edgewise::test {

/// What one run of the built edgewise-cli gave.
struct RunResult {
    int exitCode = -1; ///< -1 when it crashed or did not end in time
    QByteArray output;
    QByteArray errors;

    QByteArrayList lines() const;       ///< of the output
    QList<QJsonObject> objects() const; ///< of JSON Lines; ends the test on what is none
};

/// Runs the program to its end, at most a minute. `environment` is added to this program's.
RunResult runCli(const QStringList &arguments, const QByteArray &input = {},
                 const QStringList &environment = {});

QString cliProgram();

/// A sentence for people: one line, no trace of how the program is made.
bool isOneSentence(const QByteArray &errors);

/// Writes `content` to a new file of that name in `directory`, and returns its path.
QString writeFile(const QString &directory, const QString &name, const QByteArray &content);

/// The rows of one statement through the bare protocol, each as its values' texts; NULL is "NULL".
QList<QStringList> rows(const class SqldNode &node, const QString &statement);

} // namespace edgewise::test
