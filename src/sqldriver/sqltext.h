// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace edgewise::sqldriver {

/// A `?`, `?7`, `:name`, `@name` or `$name` in a statement.
struct Placeholder {
    qsizetype position = 0;
    qsizetype length = 0;
    int number = 0; ///< of the parameter, from 1, as SQLite counts: equal names share one
    QString name;   ///< prefix included; empty for `?` and `?7`
};

/// What must be known of a statement before it is sent: the server may drop what follows a good
/// statement without a word (sqld: query_analysis.rs), so nothing may follow. Reads tokens, judges
/// no grammar.
struct SqlText {
    enum class Verb {
        None, ///< nothing but spaces and comments
        Select,
        Values,
        Explain,
        Pragma,
        Change, ///< INSERT, REPLACE, UPDATE, DELETE
        Begin,
        Commit,
        Rollback,
        Savepoint,
        Release,
        Other, ///< CREATE, ATTACH…
    };

    Verb verb = Verb::None; ///< behind WITH, that of the statement proper
    bool severalStatements = false;
    /// Where the first statement ends, its semicolon included.
    qsizetype end = 0;
    /// Writes nothing and takes no write lock, whatever it names. Pragmas that only read are known
    /// by name.
    bool readOnly = false;
    QList<Placeholder> placeholders; ///< in the order of the text
    int parameterCount = 0;
    /// Holds `?0` or a number beyond SQLite's largest, which is none of `placeholders`.
    bool impossibleParameter = false;

    bool hasNames() const;
    bool hasUnnamed() const;
    /// A transaction may be over after it, by its own meaning.
    bool endsTransaction() const
    {
        return verb == Verb::Commit || verb == Verb::Rollback || verb == Verb::Release;
    }
};

SqlText readSqlText(QStringView sql);

/// The statement with `?1`, `?2`… in place of all placeholders.
QString withNumbers(const QString &sql, const SqlText &text);

} // namespace edgewise::sqldriver
