// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/schemacreation.h>

#include <sqldriver/batch.h>
#include <store/database.h>
#include <store/layout.h>

#include <QFile>

// Resources of a static library are linked only when somebody asks for them.
static void initialiseResources()
{
    Q_INIT_RESOURCE(schema);
}

namespace edgewise::store {

using namespace Qt::StringLiterals;

QStringList splitScript(const QString &script)
{
    QStringList statements;
    QString current;
    QChar quote;
    for (qsizetype i = 0; i < script.size(); ++i) {
        const QChar c = script[i];
        if (!quote.isNull()) {
            current += c;
            if (c == quote)
                quote = QChar();
        } else if (c == u'-' && script.mid(i, 2) == u"--") {
            const qsizetype end = script.indexOf(u'\n', i);
            i = end < 0 ? script.size() : end;
            current += u' ';
        } else if (c == u';') {
            statements.append(current.trimmed());
            current.clear();
        } else {
            current += c;
            if (c == u'\'' || c == u'"')
                quote = c;
        }
    }
    statements.append(current.trimmed());
    statements.removeAll(QString());
    return statements;
}

QStringList schemaStatements()
{
    initialiseResources();
    QFile file(u":/store/schema.sql"_qs);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    if (!opened)
        return {};
    QStringList statements = splitScript(QString::fromUtf8(file.readAll()));
    statements.removeIf(
        [](const QString &sql) { return sql.startsWith(u"BEGIN") || sql == u"COMMIT"; });
    return statements;
}

Result<void> createSchema(QSqlDatabase &database, const QString &step)
{
    auto layout = readLayout(database, step);
    if (!layout)
        return layout.error();
    if (layout->schema.kind == SchemaState::Kind::Current)
        return {};
    if (layout->schema.kind != SchemaState::Kind::Empty)
        return schemaError(layout->schema, step);

    QList<sqldriver::BatchStatement> batch;
    for (const QString &sql : schemaStatements())
        batch.append({.sql = sql, .arguments = {}});
    const sqldriver::BatchResult result = sqldriver::writeBatch(database, batch);
    if (result.outcome == sqldriver::BatchResult::Outcome::Done)
        return {};
    // Somebody else may have been first, or our own batch may have landed before its answer was
    // lost: then the tables are there.
    if (auto again = readLayout(database, step);
        again && again->schema.kind == SchemaState::Kind::Current)
        return {};
    Error error = toError(result.error, step);
    if (result.outcome == sqldriver::BatchResult::Outcome::Unknown)
        error.kind = Error::Kind::Unknown;
    return error;
}

} // namespace edgewise::store
