// SPDX-License-Identifier: GPL-3.0-or-later
#include <features/yamlreader.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using features::Node;

class TestYamlReader : public QObject {
    Q_OBJECT

private slots:
    void readsScalars_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Node::Kind>("kind");
        QTest::addColumn<QString>("content");
        using Kind = Node::Kind;
        QTest::newRow("plain") << QByteArray("a b") << Kind::Text << u"a b"_qs;
        QTest::newRow("folded") << QByteArray("a\n  b\n\n  c") << Kind::Text << u"a b\nc"_qs;
        QTest::newRow("quoted number") << QByteArray("'1'") << Kind::Text << u"1"_qs;
        QTest::newRow("tagged number") << QByteArray("!!str 1") << Kind::Text << u"1"_qs;
        QTest::newRow("tagged text") << QByteArray("!!int '1'") << Kind::Integer << u"1"_qs;
        QTest::newRow("null") << QByteArray("~") << Kind::Null << QString();
        QTest::newRow("yes is a text") << QByteArray("yes") << Kind::Text << u"yes"_qs;
        QTest::newRow("NEL escaped")
            << QByteArray(R"("\Na\_b")") << Kind::Text << QString(QChar(0x85) + u"a\u00a0b"_qs);
        QTest::newRow("NEL beside others") << QByteArray("\"é\\N🎉\\_\"") << Kind::Text
                                           << QString(u"é"_qs + QChar(0x85) + u"🎉\u00a0"_qs);
        QTest::newRow("BOM within")
            << QByteArray(R"("\uFEFFa")") << Kind::Text << QString(QChar(0xFEFF) + u"a"_qs);
        QTest::newRow("BOM before") << QByteArray("\xEF\xBB\xBF"
                                                  "a")
                                    << Kind::Text << u"a"_qs;
        QTest::newRow("literal") << QByteArray("|2-\n   a\n  b\n") << Kind::Text << u" a\nb"_qs;
        QTest::newRow("separator")
            << QByteArray("'a\xE2\x80\xA8   b'") << Kind::Text << u"a\u2028b"_qs;
    }
    void readsScalars()
    {
        QFETCH(QByteArray, text);
        QFETCH(Node::Kind, kind);
        QFETCH(QString, content);
        const auto documents = features::readYaml(text);
        QVERIFY2(documents, documents ? "" : qPrintable(documents.error().detail));
        QCOMPARE(documents->size(), size_t(1));
        QCOMPARE(documents->front()->kind, kind);
        QCOMPARE(documents->front()->text, content);
    }

    void countsDocuments()
    {
        QCOMPARE(features::readYaml("")->size(), size_t(0));
        QCOMPARE(features::readYaml("a: b\n---\n---\nc: d\n...\n")->size(), size_t(3));
    }

    void knowsPlaces()
    {
        const auto documents = features::readYaml("é: [x, y]\nb:\n  - z");
        QVERIFY(documents);
        const Node &root = *documents->front();
        QCOMPARE(root.entries[0].second->items[1]->offset, 8);
        QCOMPARE(root.entries[1].second->items[0]->offset, 18);
        const features::Positions positions("é: [x, y]\r\nb:\r  - z");
        QCOMPARE(positions.at(8), std::pair(1, 8));
        QCOMPARE(positions.at(12), std::pair(2, 1));
        QCOMPARE(positions.at(17), std::pair(3, 3));
        QCOMPARE(positions.at(999), positions.at(20));
    }

    void limitsNodes()
    {
        QVERIFY(features::readYaml("[a, b]", 3));
        const auto refused = features::readYaml("[a, b, c]", 3);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Input);
    }
};

QTEST_GUILESS_MAIN(TestYamlReader)
#include "tst_yamlreader.moc"
