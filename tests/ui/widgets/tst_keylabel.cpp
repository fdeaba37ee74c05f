// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/keylabel.h>

#include <QClipboard>
#include <QTest>
#include <QToolButton>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestKeyLabel : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;

private slots:
    void copiesTheWholeKey()
    {
        widgets::KeyLabel label(m_appearance);
        const QString key(500, u'k');
        label.setKey(key);
        label.resize(120, 28);
        label.show();
        QTest::mouseClick(label.findChild<QToolButton *>(u"copyKey"_qs), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), key);
        QVERIFY(label.sizeHint().width() < 500);
    }
};

QTEST_MAIN(TestKeyLabel)
#include "tst_keylabel.moc"
