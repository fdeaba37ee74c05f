// SPDX-License-Identifier: GPL-3.0-or-later
#include <hrana/gzip.h>

#include <libdeflate.h>

#include <QtEndian>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

namespace {

QByteArray pack(const QByteArray &content)
{
    libdeflate_compressor *compressor = libdeflate_alloc_compressor(6);
    QByteArray packed(qsizetype(libdeflate_gzip_compress_bound(compressor, size_t(content.size()))),
                      Qt::Uninitialized);
    packed.resize(
        qsizetype(libdeflate_gzip_compress(compressor, content.constData(), size_t(content.size()),
                                           packed.data(), size_t(packed.size()))));
    libdeflate_free_compressor(compressor);
    return packed;
}

} // namespace

class TestGzip : public QObject {
    Q_OBJECT

private slots:
    void unpacks()
    {
        for (const QByteArray &content : {QByteArray(), QByteArray("x"), QByteArray(100'000, 'y')})
            QCOMPARE(hrana::unpackGzip(pack(content), 100'000).value(), content);
    }

    void refusesDamage()
    {
        const QByteArray packed = pack("a text that is packed");
        for (qsizetype size = 0; size < packed.size(); ++size)
            QVERIFY(!hrana::unpackGzip(packed.first(size), 1000).has_value());
        for (qsizetype i = 10; i < packed.size(); ++i) {
            QByteArray changed = packed;
            changed[i] = char(changed[i] ^ 0x55);
            QVERIFY(!hrana::unpackGzip(changed, 1000).has_value());
        }
    }

    void refusesABomb()
    {
        QByteArray bomb = pack(QByteArray(1'000'000, '\0'));
        QVERIFY(!hrana::unpackGzip(bomb, 999'999).has_value());
        // One that lies about its size.
        qToLittleEndian<quint32>(10, bomb.data() + bomb.size() - 4);
        QVERIFY(!hrana::unpackGzip(bomb, 999'999).has_value());
    }
};

QTEST_GUILESS_MAIN(TestGzip)
#include "tst_gzip.moc"
