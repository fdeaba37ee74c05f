// SPDX-License-Identifier: GPL-3.0-or-later
#include <features/parse.h>
#include <features/print.h>
#include <support/testdata.h>

#include <QTest>

#include <random>

using namespace edgewise;
using namespace Qt::StringLiterals;
using features::Format;

/// Damaged documents are refused or read, never more: what can be read can be printed, and the
/// print reads as the same. EDGEWISE_FUZZ_EFFORT multiplies the number of damages tried.
class TestParseFuzz : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_yaml = test::dataContent(u"oracle/features.yml"_qs);
        const auto document = features::parse(m_yaml, Format::Yaml);
        QVERIFY(document);
        features::PrintOptions options;
        options.format = Format::Json;
        options.namespaces = {NamespaceKey(u"default"_qs)};
        const auto printed = features::print(document->snapshot, options);
        QVERIFY(printed);
        m_json = printed->text;
    }

    /// Pieces from all over the export, each cut everywhere; the export itself is cut with effort.
    void survivesTruncation()
    {
        constexpr qsizetype step = 97;
        constexpr qsizetype pieceSize = 3000;
        for (qsizetype begin = 0; begin + pieceSize < m_yaml.size(); begin += m_yaml.size() / 8) {
            const QByteArray piece = yamlPiece(begin, pieceSize);
            for (qsizetype size = 0; size < piece.size(); size += step)
                check(piece.first(size), Format::Yaml);
        }
        const bool thorough = effort() > 1;
        for (qsizetype size = 0; size < m_json.size(); size += thorough ? step : 40 * step)
            check(m_json.first(size), Format::Json);
        for (qsizetype size = 0; thorough && size < m_yaml.size(); size += step)
            check(m_yaml.first(size), Format::Yaml);
    }

    void survivesMutation_data()
    {
        QTest::addColumn<Format>("format");
        QTest::newRow("YAML") << Format::Yaml;
        QTest::newRow("JSON") << Format::Json;
    }
    void survivesMutation()
    {
        QFETCH(Format, format);
        const QByteArray &whole = format == Format::Yaml ? m_yaml : m_json;
        std::mt19937 random(20261124); // a failure must come again
        const auto below = [&](qsizetype limit) {
            return std::uniform_int_distribution<qsizetype>(0, limit - 1)(random);
        };
        int read = 0;
        const int rounds = 300 * effort();
        for (int round = 0; round < rounds; ++round) {
            // Whole lines, so that most damages are met beyond the first one.
            const qsizetype size = std::min<qsizetype>(3000, whole.size());
            const qsizetype begin = below(whole.size() - size + 1);
            QByteArray text = format == Format::Yaml ? yamlPiece(begin, size) : whole.first(size);
            const qsizetype damages = 1 + below(3);
            for (qsizetype i = 0; i < damages; ++i)
                damage(text, below);
            read += check(text, format);
        }
        if (format == Format::Yaml)
            QVERIFY2(read > rounds / 20, "the damages are too coarse: nothing was read");
    }

    void survivesNoise()
    {
        std::mt19937 random(42);
        static constexpr QByteArrayView alphabet =
            "flagsekynm-:{}[],&*!|>'\"%@` \t\n\r#?~<<0123456789.\\x\0\xC3\xA9\xF0\x9F";
        for (int round = 0; round < 2000 * effort(); ++round) {
            QByteArray text;
            const int size = int(random() % 120);
            for (int i = 0; i < size; ++i)
                text.append(alphabet[qsizetype(random() % quint32(alphabet.size()))]);
            check(text, Format::Yaml);
            check(text, Format::Json);
        }
    }

private:
    /// A list of flags from the first one behind `begin` on.
    QByteArray yamlPiece(qsizetype begin, qsizetype size) const
    {
        return "flags:\n" + m_yaml.mid(m_yaml.indexOf("\n- key", begin) + 1, size);
    }

    static int effort()
    {
        return std::max(1, qEnvironmentVariableIntValue("EDGEWISE_FUZZ_EFFORT"));
    }

    template <typename Below>
    static void damage(QByteArray &text, Below below)
    {
        static const QList<QByteArray> pieces{
            "\n",     " ",    "\t",   "- ",           ": ",       "{",  "}",
            "[",      "]",    "&a ",  "*a",           "<<: *a\n", "'",  "\"",
            "|-",     ">",    "#",    "\\",           "null",     "~",  "1e999",
            ".inf",   "\xFF", "\xC3", "\xE2\x80\xA8", "---\n",    "? ", "!!int x",
            "\\ud800"};
        const qsizetype at = below(text.size());
        switch (below(5)) {
        case 0:
            text[at] = char(below(256));
            break;
        case 1:
            text.insert(at, pieces[below(pieces.size())]);
            break;
        case 2:
            text.remove(at, 1 + below(40));
            break;
        case 3: {
            const QByteArray piece = text.mid(at, 1 + below(200));
            text.insert(below(text.size()), piece);
            break;
        }
        default:
            text[at] = char(text[at] ^ (1 << below(8)));
        }
        if (text.isEmpty())
            text = " ";
    }

    /// True when the text could be read.
    static bool check(const QByteArray &text, Format format)
    {
        const auto document = features::parse(text, format);
        if (!document) {
            [&] { QCOMPARE(document.error().kind, Error::Kind::Input); }();
            [&] { QVERIFY(!document.error().detail.isEmpty()); }();
            return false;
        }
        const auto printed = features::print(document->snapshot);
        [&] { QVERIFY(printed); }();
        const auto again = features::parse(printed->text, Format::Yaml);
        [&] {
            QVERIFY2(again, qPrintable(again.has_value() ? QString()
                                                         : again.error().detail + u"\n"_qs
                                                               + QString::fromUtf8(printed->text)));
        }();
        if (!again)
            return true;
        const auto twice = features::print(again->snapshot);
        [&] { QCOMPARE(twice->text, printed->text); }();
        return true;
    }

    QByteArray m_yaml;
    QByteArray m_json;
};

QTEST_GUILESS_MAIN(TestParseFuzz)
#include "tst_parsefuzz.moc"
