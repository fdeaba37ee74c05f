// SPDX-License-Identifier: GPL-3.0-or-later
#include <features/parse.h>
#include <support/snapshotloader.h>
#include <support/testdata.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using features::Format;

class TestParse : public QObject {
    Q_OBJECT

private slots:
    void readsExportOfRealFlipt()
    {
        const auto document =
            features::parse(test::dataContent(u"oracle/features.yml"_qs), Format::Yaml);
        QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
        QCOMPARE(document->warnings, std::vector<features::Warning>());
        QVERIFY(document->keyOnly.empty());

        const flags::Snapshot database = test::loadSnapshot(test::dataPath(u"oracle/flipt.db"_qs));
        QCOMPARE(document->snapshot.namespaces.size(), database.namespaces.size());
        for (const auto &expected : database.namespaces) {
            const auto actual = document->snapshot.nameSpace(expected->key);
            QVERIFY2(actual, qPrintable(expected->key.text()));
            QCOMPARE(actual->name, expected->name);
            QCOMPARE(actual->description, expected->description);
            QCOMPARE(actual->flags.size(), expected->flags.size());
            QCOMPARE(actual->segments.size(), expected->segments.size());
            for (const auto &flag : expected->flags)
                compareFlags(actual->flag(flag->key), *flag);
            for (const auto &segment : expected->segments)
                compareSegments(actual->segment(segment->key), *segment);
        }
    }

private:
    static void compareSegments(const std::shared_ptr<const flags::Segment> &actual,
                                const flags::Segment &expected)
    {
        QVERIFY2(actual, qPrintable(expected.key.text()));
        QCOMPARE(actual->name, expected.name);
        QCOMPARE(actual->description, expected.description);
        QCOMPARE(actual->matchType, expected.matchType);
        QCOMPARE(actual->constraints.size(), expected.constraints.size());
        for (size_t i = 0; i < expected.constraints.size(); ++i) {
            flags::Constraint constraint = expected.constraints[i];
            constraint.id = actual->constraints[i].id;
            constraint.times = {};
            if (constraint.type == 9) // an enum's number outside of it has no name to be read
                constraint.type = 0;
            constraint.description = constraint.description.value_or(QString());
            QVERIFY2(actual->constraints[i] == constraint, qPrintable(expected.key.text()));
        }
    }

    static void compareFlags(const std::shared_ptr<const flags::Flag> &actual,
                             const flags::Flag &expected)
    {
        QVERIFY2(actual, qPrintable(expected.key.text()));
        QCOMPARE(actual->name, expected.name);
        QCOMPARE(actual->description, expected.description);
        QCOMPARE(actual->enabled, expected.enabled);
        QCOMPARE(actual->type, expected.type);
        QCOMPARE(actual->metadata, expected.metadata);
        QCOMPARE(actual->variants.size(), expected.variants.size());
        QCOMPARE(actual->rules.size(), expected.rules.size());
        QCOMPARE(actual->rollouts.size(), expected.rollouts.size());
    }
};

QTEST_GUILESS_MAIN(TestParse)
#include "tst_parse.moc"
