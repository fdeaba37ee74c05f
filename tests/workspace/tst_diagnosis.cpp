// SPDX-License-Identifier: GPL-3.0-or-later
#include <workspace/diagnosis.h>

#include <support/constants.h>
#include <support/httpserver.h>
#include <support/sqldnode.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using workspace::Diagnosis;
using workspace::Finding;
using Subject = Finding::Subject;
using Verdict = Finding::Verdict;
using Node = workspace::Workspace::Node;
using test::patience;
using test::systemClock;

namespace {

// A key that signs nothing but this test, and what it signed: full access, without an end.
const QByteArray publicKey = "-----BEGIN PUBLIC KEY-----\n"
                             "MCowBQYDK2VwAyEAlb0j3KPGFUh68wrpz/RoXiuDqkQ+EmWFWs8u5J9MQTg=\n"
                             "-----END PUBLIC KEY-----\n";
const QByteArray signedToken =
    "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.eyJhIjoicncifQ."
    "lmkcDGj-ITK0wL68hrg7Z4UnlYoe-MlxrPXVr4d-jxbFn7wH0S4-M_LUPHxqYnuH6e6J25oqf0C08aLVQOqcAQ";

Node nodeToTest(const QString &address, const QByteArray &token = {})
{
    const auto source = store::Source::parse(address);
    Q_ASSERT(source);
    return {address, *source, {.token = Token(token)}};
}

} // namespace

/// Against real nodes; what no sqld does is done by a small server.
class TestDiagnosis : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    std::unique_ptr<test::SqldNode> m_primary;
    std::unique_ptr<test::SqldNode> m_replica;

    static QList<Finding> findingsOf(const Node &node, const std::optional<Node> &primary = {})
    {
        Diagnosis diagnosis(node, primary, systemClock);
        diagnosis.start();
        [&] { QTRY_VERIFY_WITH_TIMEOUT(diagnosis.isFinished(), patience); }();
        return diagnosis.findings();
    }
    static std::optional<Verdict> verdictOn(const QList<Finding> &findings, Subject subject)
    {
        for (const Finding &finding : findings)
            if (finding.subject == subject)
                return finding.verdict;
        return std::nullopt;
    }

private slots:
    void initTestCase()
    {
        m_primary = std::make_unique<test::SqldNode>();
        m_replica = std::make_unique<test::SqldNode>(*m_primary);
        store::Connection connection(nodeToTest(m_primary->url().toString()).source, {},
                                     systemClock);
        const auto done = connection.initialise();
        QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), patience);
        QVERIFY(done.result());
    }

    void aPrimaryIsWell()
    {
        const QList<Finding> findings = findingsOf(nodeToTest(m_primary->url().toString()));
        for (const Subject subject : {Subject::Address, Subject::Port, Subject::Encryption,
                                      Subject::Token, Subject::Schema, Subject::Log})
            QCOMPARE(verdictOn(findings, subject), Verdict::Passed);
    }

    void aReplicaFollowsItsPrimary()
    {
        const Node primary = nodeToTest(m_primary->url().toString());
        const QList<Finding> findings =
            findingsOf(nodeToTest(m_replica->url().toString()), primary);
        QCOMPARE(verdictOn(findings, Subject::Follows), Verdict::Passed);
    }

    void aReplicaOfAnotherPrimaryIsFound()
    {
        const test::SqldNode other;
        const QList<Finding> findings =
            findingsOf(nodeToTest(m_replica->url().toString()), nodeToTest(other.url().toString()));
        QCOMPARE(verdictOn(findings, Subject::Follows), Verdict::Failed);
    }

    void nobodyListens()
    {
        QUrl nobody;
        {
            const test::HttpServer gone(
                [](const test::HttpServer::Request &) { return std::nullopt; });
            nobody = gone.url();
        }
        const QList<Finding> findings = findingsOf(nodeToTest(nobody.toString()));
        QCOMPARE(findings.constLast().subject, Subject::Port);
        QCOMPARE(findings.constLast().verdict, Verdict::Failed);
        QVERIFY(!findings.constLast().words.isEmpty());
    }

    void somethingElseListens()
    {
        test::HttpServer other([](const test::HttpServer::Request &) {
            return test::HttpServer::Response{.status = 200, .body = "<html>hello</html>"};
        });
        const QList<Finding> findings = findingsOf(nodeToTest(other.url().toString()));
        QCOMPARE(verdictOn(findings, Subject::Port), Verdict::Passed);
        QCOMPARE(findings.constLast().verdict, Verdict::Failed);
        QVERIFY(!verdictOn(findings, Subject::Schema));
    }

    void encryptionIsTriedWhereThereIsNone()
    {
        QUrl url = m_primary->url();
        url.setScheme(u"https"_qs);
        const QList<Finding> findings = findingsOf(nodeToTest(url.toString()));
        QCOMPARE(verdictOn(findings, Subject::Encryption), Verdict::Failed);
        QVERIFY(!verdictOn(findings, Subject::Token));
    }

    void tokens_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<int>("verdict");
        QTest::newRow("none") << QByteArray() << int(Verdict::Failed);
        QTest::newRow("wrong") << QByteArray("aaaa.bbbb.cccc") << int(Verdict::Failed);
        QTest::newRow("right") << signedToken << int(Verdict::Passed);
    }
    void tokens()
    {
        QFETCH(QByteArray, token);
        QFETCH(int, verdict);
        const QString keyFile = m_directory.filePath(u"key.pem"_qs);
        QFile file(keyFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(publicKey);
        file.close();
        const test::SqldNode guarded({u"--auth-jwt-key-file"_qs, keyFile});
        const QList<Finding> findings = findingsOf(nodeToTest(guarded.url().toString(), token));
        QCOMPARE(verdictOn(findings, Subject::Token), static_cast<Verdict>(verdict));
        for (const Finding &finding : findings)
            QVERIFY(token.isEmpty() || !finding.words.contains(QString::fromLatin1(token)));
    }

    void aFileIsOpened()
    {
        const QString path = m_directory.filePath(u"none.txt"_qs);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no database, although it is long enough to be taken for one by mistake");
        file.close();
        const QList<Finding> findings = findingsOf(nodeToTest(path));
        QCOMPARE(verdictOn(findings, Subject::Schema), Verdict::Failed);
    }
};

QTEST_GUILESS_MAIN(TestDiagnosis)
#include "tst_diagnosis.moc"
