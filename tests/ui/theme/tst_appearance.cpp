// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>

#include <QDir>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise::theme;
using namespace Qt::StringLiterals;

class TestAppearance : public QObject {
    Q_OBJECT

    /// The colours of the fully covered pixels of an icon.
    static QSet<QRgb> solidColours(const QIcon &icon, QIcon::Mode mode = QIcon::Normal)
    {
        QSet<QRgb> colours;
        const QImage image = icon.pixmap(QSize(40, 40), mode).toImage();
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (const QColor colour = image.pixelColor(x, y); colour.alpha() == 255)
                    colours.insert(colour.rgb());
        return colours;
    }

private slots:
    void choosesTheScheme()
    {
        Appearance appearance;
        QSignalSpy changed(&appearance, &Appearance::changed);
        appearance.choose(Scheme::Dark);
        QVERIFY(appearance.theme().isDark());
        QCOMPARE(qApp->palette().color(QPalette::Window), darkTokens().ground);
        appearance.choose(Scheme::Light);
        QVERIFY(!appearance.theme().isDark());
        QCOMPARE(qApp->palette().color(QPalette::Window), lightTokens().ground);
        QCOMPARE(changed.count(), 2);
    }

    void iconsFollowTheTheme()
    {
        Appearance appearance;
        appearance.choose(Scheme::Light);
        const QIcon icon = appearance.icon(u"stop"_qs);
        QCOMPARE(solidColours(icon), QSet<QRgb>{lightTokens().text.rgb()});
        appearance.choose(Scheme::Dark);
        QCOMPARE(solidColours(icon), QSet<QRgb>{darkTokens().text.rgb()});
        QVERIFY(solidColours(icon, QIcon::Disabled).isEmpty());
    }

    void everyIconDraws_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList files = QDir(u":/edgewise/icons"_qs).entryList({u"*.svg"_qs});
        QVERIFY(files.size() > 30);
        for (const QString &file : files)
            QTest::newRow(qPrintable(file)) << file.chopped(4);
    }
    void everyIconDraws()
    {
        QFETCH(QString, name);
        Appearance appearance;
        for (const int size : {16, 20, 32}) {
            const QImage image = appearance.icon(name).pixmap(QSize(size, size)).toImage();
            int drawn = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    drawn += image.pixelColor(x, y).alpha() > 100 ? 1 : 0;
            QVERIFY2(drawn >= 4, qPrintable(QString::number(drawn)));
        }
    }

    void statesDifferInShapeAlone()
    {
        Appearance appearance;
        const State states[] = {State::Ok,  State::Warn, State::Late,
                                State::Bad, State::Off,  State::Foreign};
        QList<QImage> shapes;
        QSet<QChar> glyphs;
        for (const State state : states) {
            const QImage shape = appearance.stateIcon(state)
                                     .pixmap(QSize(20, 20))
                                     .toImage()
                                     .convertToFormat(QImage::Format_Alpha8);
            QVERIFY(!shapes.contains(shape));
            shapes.append(shape);
            glyphs.insert(stateGlyph(state));
        }
        QCOMPARE(glyphs.size(), 6);
    }
};

QTEST_MAIN(TestAppearance)
#include "tst_appearance.moc"
