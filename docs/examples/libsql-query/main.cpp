// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTextStream>

/// libsql-query URL STATEMENT [ARGUMENT…]: runs one statement on a libSQL server and prints its
/// rows. The token, where one is needed, comes from the environment: LIBSQL_TOKEN.
int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    QTextStream err(stderr);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 3) {
        err << "usage: libsql-query URL STATEMENT [ARGUMENT...]\n";
        return 2;
    }

    // The driver is a plugin: sqldrivers/libqsqllibsql.so in a folder of QT_PLUGIN_PATH.
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QLIBSQL"));
    database.setDatabaseName(arguments[1]);
    database.setPassword(qEnvironmentVariable("LIBSQL_TOKEN"));
    database.setConnectOptions(QStringLiteral("QLIBSQL_TIMEOUT=10000"));
    if (!database.open()) {
        err << database.lastError().text() << '\n';
        return 1;
    }

    QSqlQuery query(database);
    query.setForwardOnly(true);
    bool good = query.prepare(arguments[2]);
    for (const QString &argument : arguments.mid(3))
        query.addBindValue(argument);
    good = good && query.exec();
    while (good && query.next()) {
        const QSqlRecord record = query.record();
        for (int i = 0; i < record.count(); ++i)
            out << (i == 0 ? "" : "\t")
                << (record.isNull(i) ? QStringLiteral("NULL") : record.value(i).toString());
        out << '\n';
    }
    if (query.lastError().isValid()) {
        err << query.lastError().text() << '\n';
        return 1;
    }
    if (!query.isSelect())
        out << query.numRowsAffected() << " rows changed\n";
    return 0;
}
