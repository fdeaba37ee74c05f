// SPDX-License-Identifier: GPL-3.0-or-later
#include <messages/sentence.h>

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using Code = flags::Problem::Code;

class TestSentence : public QObject {
    Q_OBJECT

private slots:
    void saysWhatWhyAndWhatNext()
    {
        Error error{.kind = Error::Kind::Network,
                    .step = u"reading http://127.0.0.1:8080"_qs,
                    .detail = u"Connection refused."_qs};
        error.retryable = true;
        QCOMPARE(messages::sentence(error),
                 u"There was no answer while reading http://127.0.0.1:8080: Connection refused. "
                 u"Check the address, and whether the other side runs. "
                 u"The same may succeed a little later."_qs);
    }

    void leavesOutWhatIsMissing()
    {
        QCOMPARE(
            messages::sentence(Error{.kind = Error::Kind::Cancelled, .step = {}, .detail = {}}),
            u"It was cancelled."_qs);
        QCOMPARE(messages::sentence(Error{.kind = Error::Kind::NotFound,
                                          .step = {},
                                          .detail = u"namespace \"a\" not found"_qs}),
                 u"Something was not found: namespace \"a\" not found. Check the name."_qs);
    }

    void quotesTheOtherSideUntouched()
    {
        const QString sentence = messages::sentence(Error{.kind = Error::Kind::Constraint,
                                                          .step = u"saving 100%1"_qs,
                                                          .detail = u"UNIQUE %2\nflags.key"_qs,
                                                          .nativeCode = u"SQLITE_CONSTRAINT"_qs});
        QCOMPARE(sentence, u"The database refused the change while saving 100%1: UNIQUE %2 "
                           u"flags.key (SQLITE_CONSTRAINT). Nothing was written. Mend what it "
                           u"names and save again."_qs);
    }

    void hasOneSentenceForEachKind()
    {
        QSet<QString> sentences;
        const int last = int(Error::Kind::Internal);
        for (int kind = 0; kind <= last; ++kind) {
            const QString sentence =
                messages::sentence(Error{.kind = Error::Kind(kind), .step = {}, .detail = {}});
            QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
            QVERIFY2(sentence.front().isUpper(), qPrintable(sentence));
            sentences.insert(sentence);
        }
        QCOMPARE(sentences.size(), last + 1);
    }

    void hasOneSentenceForEachProblem()
    {
        QSet<QString> sentences;
        const int last = int(Code::LinkOutside);
        for (int code = 0; code <= last; ++code) {
            flags::Problem problem;
            problem.code = Code(code);
            problem.arguments = {u"first%2"_qs, u"second%1"_qs};
            const QString sentence = messages::sentence(problem);
            QVERIFY2(sentence.endsWith(u'.'), qPrintable(QString::number(code)));
            QVERIFY2(!sentence.contains(u'!'), qPrintable(sentence));
            QVERIFY2(!QString(sentence)
                          .remove(u"first%2"_qs)
                          .remove(u"second%1"_qs)
                          .contains(QRegularExpression(u"%[0-9]"_qs)),
                     qPrintable(sentence));
            sentences.insert(sentence);
        }
        QCOMPARE(sentences.size(), last + 1);
    }

    void putsArgumentsWhereTheyBelong()
    {
        flags::Problem problem;
        problem.code = Code::OperatorInvalid;
        problem.arguments = {u"prefix"_qs, u"number"_qs};
        QCOMPARE(messages::sentence(problem),
                 u"Operator \"prefix\" is not valid for type number. Choose another one."_qs);
        problem.code = Code::SumUnder100;
        problem.arguments = {u"99.9"_qs};
        QVERIFY(messages::sentence(problem).startsWith(u"The shares add up to 99.9 %: "_qs));
    }

    void cutsEndlessArguments()
    {
        flags::Problem problem;
        problem.code = Code::ListInvalid;
        problem.arguments = {QString(100'000, u'x'), u"string"_qs};
        QVERIFY(messages::sentence(problem).size() < 300);
    }

    void saysWhere()
    {
        flags::Location location;
        location.nameSpace = NamespaceKey(u"default"_qs);
        QCOMPARE(messages::place(location), u"namespace default"_qs);
        location.part = flags::Location::Part::Rule;
        location.owner = u"new-checkout"_qs;
        location.index = 1;
        QCOMPARE(messages::place(location), u"flag new-checkout in default, rule 2"_qs);
        location.part = flags::Location::Part::Constraint;
        location.owner = u"staff"_qs;
        QCOMPARE(messages::place(location), u"segment staff in default, constraint 2"_qs);
        location.index = -1;
        QCOMPARE(messages::place(location), u"segment staff in default"_qs);
    }
};

QTEST_GUILESS_MAIN(TestSentence)
#include "tst_sentence.moc"
