// SPDX-License-Identifier: GPL-3.0-or-later
#include <cli/linereader.h>

#include <QTest>

#include <thread>
#include <unistd.h>

using namespace edgewise;

namespace {

// A pipe whose other end writes `text` in pieces of `piece` bytes from a thread of its own.
class Feed {
public:
    Feed(QByteArray text, qsizetype piece)
    {
        if (::pipe(m_ends) != 0)
            qFatal("no pipe");
        m_writer = std::thread([this, text = std::move(text), piece] {
            for (qsizetype at = 0; at < text.size(); at += piece) {
                const QByteArray part = text.mid(at, piece);
                if (::write(m_ends[1], part.constData(), size_t(part.size())) != part.size())
                    qFatal("the reader has gone");
            }
            ::close(m_ends[1]);
        });
    }
    ~Feed()
    {
        m_writer.join();
        ::close(m_ends[0]);
    }
    int descriptor() const { return m_ends[0]; }

private:
    int m_ends[2] = {-1, -1};
    std::thread m_writer;
};

QByteArrayList readAll(cli::LineReader &reader)
{
    QByteArrayList lines;
    for (;;) {
        const auto line = reader.next();
        if (!line || !*line)
            return lines;
        lines.append((*line)->tooLong ? QByteArray("(too long)") : (*line)->text.toByteArray());
    }
}

} // namespace

class tst_LineReader : public QObject {
    Q_OBJECT
private slots:
    void splits_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArrayList>("lines");
        using Lines = QByteArrayList;
        QTest::newRow("nothing") << QByteArray() << Lines{};
        QTest::newRow("one") << QByteArray("a\n") << Lines{"a"};
        QTest::newRow("last without break") << QByteArray("a\nbc") << Lines{"a", "bc"};
        QTest::newRow("empty lines") << QByteArray("\n\na\n") << Lines{"", "", "a"};
        QTest::newRow("carriage returns") << QByteArray("a\r\nb\r\n") << Lines{"a", "b"};
        QTest::newRow("a zero byte") << QByteArray("a\0b\n", 4) << Lines{QByteArray("a\0b", 3)};
        QTest::newRow("a line separator is no break") << QByteArray("a\xE2\x80\xA8"
                                                                    "b\n")
                                                      << Lines{"a\xE2\x80\xA8"
                                                               "b"};
        QTest::newRow("at the limit")
            << QByteArray(16, 'x') + "\ny" << Lines{QByteArray(16, 'x'), "y"};
        QTest::newRow("over the limit") << QByteArray(17, 'x') + "\ny\n"
                                        << Lines{"(too long)", "y"};
        QTest::newRow("far over the limit, at the end")
            << "a\n" + QByteArray(300000, 'x') << Lines{"a", "(too long)"};
        QTest::newRow("far over the limit, then more") << QByteArray(300000, 'x') + "\nb\n"
                                                       << Lines{"(too long)", "b"};
    }

    void splits()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArrayList, lines);
        for (const qsizetype piece : {1, 3, 5000}) {
            if (text.size() / piece > 100000)
                continue;
            Feed feed(text, piece);
            cli::LineReader reader(feed.descriptor(), 16);
            QCOMPARE(readAll(reader), lines);
        }
    }

    void tellsWhetherALineIsHere()
    {
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        cli::LineReader reader(ends[0]);
        QVERIFY(!reader.hasBufferedLine());
        QCOMPARE(::write(ends[1], "a\nb\nc", 5), 5);
        QVERIFY(reader.next().value());
        QVERIFY(reader.hasBufferedLine());
        QVERIFY(reader.next().value());
        QVERIFY(!reader.hasBufferedLine()); // "c" has no break yet
        ::close(ends[1]);
        QCOMPARE((*reader.next())->text.toByteArray(), QByteArray("c"));
        ::close(ends[0]);
    }

    void reportsWhatCannotBeRead()
    {
        cli::LineReader reader(-1);
        const auto line = reader.next();
        QVERIFY(!line);
        QCOMPARE(line.error().kind, Error::Kind::Input);
    }
};

QTEST_GUILESS_MAIN(tst_LineReader)
#include "tst_linereader.moc"
