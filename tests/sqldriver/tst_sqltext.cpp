// SPDX-License-Identifier: GPL-3.0-or-later
#include <sqldriver/sqltext.h>

#include <QTest>

using namespace edgewise::sqldriver;
using namespace Qt::StringLiterals;
using Verb = SqlText::Verb;

class TestSqlText : public QObject {
    Q_OBJECT

private slots:
    void tellsTheVerb_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("verb");
        QTest::addColumn<bool>("readOnly");
        QTest::addColumn<bool>("several");
        const auto row = [](const char *sql, Verb verb, bool readOnly, bool several = false) {
            QTest::newRow(sql) << QString::fromUtf8(sql) << int(verb) << readOnly << several;
        };
        row("", Verb::None, true);
        row(" ;; -- nothing", Verb::None, true);
        row("/* open", Verb::None, true);
        row("SELECT 1", Verb::Select, true);
        row("; select 1;", Verb::Select, true);
        row("select 1;;", Verb::Select, true);
        row("select 1; selec", Verb::Select, true, true);
        row("select 1; -- end", Verb::Select, true);
        row("select ';' || \";\" || `;` || [;]", Verb::Select, true);
        row("select 'it''s; fine'", Verb::Select, true);
        row("select 1 /* ; */ -- ;\n", Verb::Select, true);
        row("values (1)", Verb::Values, true);
        row("with a as (select 1) select * from a", Verb::Select, true);
        row("with a as (delete from x) insert into t select 1", Verb::Change, false);
        row("with recursive n(i) as (values(1)) values(2)", Verb::Values, true);
        row("replace into t values(1)", Verb::Change, false);
        row("insert into t values(1)", Verb::Change, false);
        row("begin", Verb::Begin, true);
        row("BEGIN IMMEDIATE", Verb::Begin, false);
        row("begin /* */ exclusive", Verb::Begin, false);
        row("end", Verb::Commit, true);
        row("rollback to a", Verb::Rollback, true);
        row("savepoint a", Verb::Savepoint, true);
        row("release a", Verb::Release, true);
        row("explain delete from t", Verb::Explain, true);
        row("pragma user_version", Verb::Pragma, true);
        row("pragma user_version = 5", Verb::Pragma, false);
        row("pragma user_version(5)", Verb::Pragma, false);
        row("pragma table_info('t')", Verb::Pragma, true);
        row("pragma main.table_xinfo(t)", Verb::Pragma, true);
        row("pragma table_info=t", Verb::Pragma, false);
        row("create table t(a)", Verb::Other, false);
        row("create table t(a); drop table t", Verb::Other, false, true);
        row("create trigger x after insert on t begin delete from t; select case when 1 then 2 "
            "end; "
            "end",
            Verb::Other, false);
        row("create temp trigger x after insert on t begin select 1; end; drop table t",
            Verb::Other, false, true);
    }
    void tellsTheVerb()
    {
        QFETCH(QString, sql);
        const SqlText text = readSqlText(sql);
        QTEST(int(text.verb), "verb");
        QTEST(text.readOnly, "readOnly");
        QTEST(text.severalStatements, "several");
    }

    void countsPlaceholders_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QList<int>>("numbers");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("numbered");
        QTest::newRow("none") << u"select '?', \":a\", 1 -- ?\n/* ? */"_qs << QList<int>{} << 0
                              << u"select '?', \":a\", 1 -- ?\n/* ? */"_qs;
        QTest::newRow("plain") << u"select ?, ?"_qs << QList<int>{1, 2} << 2 << u"select ?1, ?2"_qs;
        QTest::newRow("numbered") << u"select ?3, ?, ?1"_qs << QList<int>{3, 4, 1} << 4
                                  << u"select ?3, ?4, ?1"_qs;
        QTest::newRow("named") << u"select :a, @a, $a, :a"_qs << QList<int>{1, 2, 3, 1} << 3
                               << u"select ?1, ?2, ?3, ?1"_qs;
        QTest::newRow("mixed") << u"select :a,?,:a,:b"_qs << QList<int>{1, 2, 1, 3} << 3
                               << u"select ?1,?2,?1,?3"_qs;
        QTest::newRow("dollar in a word")
            << u"select a$b, :ä1"_qs << QList<int>{1} << 1 << u"select a$b, ?1"_qs;
    }
    void countsPlaceholders()
    {
        QFETCH(QString, sql);
        const SqlText text = readSqlText(sql);
        QList<int> numbers;
        for (const Placeholder &placeholder : text.placeholders)
            numbers.append(placeholder.number);
        QTEST(numbers, "numbers");
        QTEST(text.parameterCount, "count");
        QTEST(withNumbers(sql, text), "numbered");
    }

    void refusesParametersThatCannotBe()
    {
        for (const char *sql : {"select ?0", "select ?32767", "select ?99999999999999999999"}) {
            const SqlText text = readSqlText(QString::fromLatin1(sql));
            QVERIFY(text.impossibleParameter);
            QCOMPARE(text.parameterCount, 0);
        }
        QCOMPARE(readSqlText(u"select ?32766"_qs).parameterCount, 32766);
    }

    void tellsWhereTheFirstStatementEnds()
    {
        const QString sql = u"; select ';' -- ;\n; rest"_qs;
        QCOMPARE(sql.sliced(readSqlText(sql).end), u" rest"_qs);
        const QString trigger =
            u"create trigger x after insert on t begin select 1; end; select 2"_qs;
        QCOMPARE(trigger.sliced(readSqlText(trigger).end), u" select 2"_qs);
        QCOMPARE(readSqlText(u"select 1"_qs).end, 8);
    }

    void anyTextEnds()
    {
        const QString pieces = u"'\"`[]?:@$;-/*()aZ0 \n\\\0"_qs;
        for (const QChar a : pieces) {
            for (const QChar b : pieces) {
                for (const QChar c : pieces)
                    readSqlText(QString(QString(a) + b + c));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestSqlText)
#include "tst_sqltext.moc"
