// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/tryitstrip.h>
#include <theme/appearance.h>
#include <ui/inputs.h>

#include <QLabel>
#include <QTest>
#include <QToolButton>

using namespace edgewise;
using namespace Qt::StringLiterals;
using flagspage::TryItStrip;

class TestTryItStrip : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    std::unique_ptr<TryItStrip> m_strip;
    QHash<QString, int> m_buckets;

    /// A rule for the plan "pro" that serves `share` percent one variant, the rest another.
    static std::shared_ptr<const flags::Namespace> nameSpace(double share, bool enabled = true)
    {
        flags::Segment segment;
        segment.key = SegmentKey(u"pro"_qs);
        segment.constraints.resize(1);
        segment.constraints[0].property = u"plan"_qs;
        segment.constraints[0].operatorName = u"eq"_qs;
        segment.constraints[0].value = u"pro"_qs;
        flags::Flag flag;
        flag.key = FlagKey(u"checkout"_qs);
        flag.enabled = enabled;
        flag.variants.resize(2);
        for (int i = 0; i < 2; ++i) {
            flag.variants[size_t(i)].id = VariantId(u"v%1"_qs.arg(i));
            flag.variants[size_t(i)].key = i == 0 ? u"old"_qs : u"new"_qs;
        }
        flag.rules.resize(1);
        flag.rules[0].id = RuleId(u"rule"_qs);
        flag.rules[0].segments = {segment.key};
        flag.rules[0].distributions = {{{}, VariantId(u"v0"_qs), share, {}},
                                       {{}, VariantId(u"v1"_qs), 100 - share, {}}};
        flags::Namespace made;
        made.key = NamespaceKey(u"default"_qs);
        made.flags.push_back(std::make_shared<const flags::Flag>(flag));
        made.segments.push_back(std::make_shared<const flags::Segment>(segment));
        return std::make_shared<const flags::Namespace>(made);
    }
    QString answer() const { return m_strip->findChild<QLabel *>(u"tryAnswer"_qs)->text(); }
    QString saved() const { return m_strip->findChild<QLabel *>(u"trySaved"_qs)->text(); }
    void type(const QString &name, const QString &text)
    {
        auto *line = m_strip->findChild<QLineEdit *>(name);
        line->setFocus();
        QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
    }

private slots:
    void init()
    {
        m_buckets.clear();
        m_strip = std::make_unique<TryItStrip>(m_appearance);
        connect(m_strip.get(), &TryItStrip::bucketsChanged, this,
                [this](const QHash<QString, int> &buckets) { m_buckets = buckets; });
        m_strip->resize(500, 120);
        m_strip->show();
        m_strip->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_strip.get()));
    }

    void readsContexts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("last");
        QTest::newRow("nothing") << u" "_qs << 0 << QString();
        QTest::newRow("pairs") << u"plan=pro, city = New York "_qs << 2 << u"New York"_qs;
        QTest::newRow("sign in the value") << u"q=a=b"_qs << 1 << u"a=b"_qs;
        QTest::newRow("JSON") << u"{\"a\": \"b, c\"}"_qs << 1 << u"b, c"_qs;
        QTest::newRow("number in JSON") << u"{\"a\": 1}"_qs << -1 << QString();
        QTest::newRow("no pair") << u"plan"_qs << -1 << QString();
        QTest::newRow("no property") << u"=pro"_qs << -1 << QString();
    }
    void readsContexts()
    {
        QFETCH(QString, text);
        QFETCH(int, count);
        const auto context = flagspage::parseContext(text);
        QCOMPARE(context ? int(context->size()) : -1, count);
        if (context && !context->empty())
            QTEST(context->back().second, "last");
    }

    void answersBesideTheSavedState()
    {
        m_strip->setFlag(nameSpace(100), nameSpace(0), FlagKey(u"checkout"_qs));
        QCOMPARE(answer(), u"→ no variant · nothing decided"_qs);
        QCOMPARE(saved(), u"saved state: the same"_qs);
        type(u"tryEntity"_qs, u"user-1"_qs);
        type(u"tryContext"_qs, u"plan=pro"_qs);
        QVERIFY2(answer().startsWith(u"→ old · rule 1 · bucket "_qs), qPrintable(answer()));
        QVERIFY2(answer().endsWith(u"of 0–999"_qs), qPrintable(answer()));
        QVERIFY2(saved().startsWith(u"~ saved state: new · rule 1"_qs), qPrintable(saved()));
        QCOMPARE(m_buckets.keys(), QStringList{u"rule"_qs});
        // While one edits, the answer follows.
        m_strip->setFlag(nameSpace(0), nameSpace(0), FlagKey(u"checkout"_qs));
        QCOMPARE(saved(), u"saved state: the same"_qs);
        m_strip->setFlag(nameSpace(0, false), nullptr, FlagKey(u"checkout"_qs));
        QCOMPARE(answer(), u"→ no variant · the flag is off"_qs);
        QCOMPARE(saved(), u"not saved yet"_qs);
        QVERIFY(m_buckets.isEmpty());
    }

    void saysWhatIsNoContext()
    {
        m_strip->setFlag(nameSpace(50), nameSpace(50), FlagKey(u"checkout"_qs));
        auto *fault = m_strip->findChild<QLabel *>(u"tryFault"_qs);
        QVERIFY(!fault->isVisible());
        type(u"tryContext"_qs, u"plan"_qs);
        QVERIFY(fault->isVisible());
        QVERIFY(answer().isEmpty());
    }

    void givesNewEntities()
    {
        auto *entity = m_strip->findChild<QLineEdit *>(u"tryEntity"_qs);
        QTest::mouseClick(m_strip->findChild<QToolButton *>(u"tryNewEntity"_qs), Qt::LeftButton);
        const QString first = entity->text();
        QCOMPARE(first.size(), 36);
        QTest::mouseClick(m_strip->findChild<QToolButton *>(u"tryNewEntity"_qs), Qt::LeftButton);
        QVERIFY(entity->text() != first);
    }

    void everyInputIsNamedAndReached()
    {
        QCOMPARE(test::inputFaults(*m_strip).join(u"; "_qs), QString());
    }
};

QTEST_MAIN(TestTryItStrip)
#include "tst_tryitstrip.moc"
