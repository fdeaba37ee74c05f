// SPDX-License-Identifier: GPL-3.0-or-later
#include <features/parse.h>
#include <features/print.h>
#include <flags/validate.h>
#include <messages/sentence.h>
#include <sample/sampleworkspace.h>

#include <QSet>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

/// The sample workspace is what a newcomer sees first: it must be faultless and show everything.
class TestSample : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto document = features::parse(sampleWorkspace(), features::Format::Yaml);
        QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
        for (const features::Warning &warning : document->warnings)
            qWarning() << warning.line << warning.text;
        QVERIFY(document->warnings.empty());
        m_snapshot = document->snapshot;
    }

    void showsEveryKindOfThing()
    {
        QSet<int> flagTypes;
        QSet<int> constraintTypes;
        QSet<int> operators;
        size_t flagCount = 0;
        size_t segmentCount = 0;
        for (const auto &nameSpace : m_snapshot.namespaces) {
            flagCount += nameSpace->flags.size();
            segmentCount += nameSpace->segments.size();
            for (const auto &flag : nameSpace->flags) {
                flagTypes.insert(flag->type);
                QVERIFY2(flag->metadata, qPrintable(flag->key.text()));
                for (const flags::Rule &rule : flag->rules) {
                    if (rule.segments.size() > 1)
                        operators.insert(rule.segmentOperator);
                }
            }
            for (const auto &segment : nameSpace->segments) {
                for (const flags::Constraint &constraint : segment->constraints)
                    constraintTypes.insert(constraint.type);
            }
        }
        QCOMPARE(m_snapshot.namespaces.size(), size_t(3));
        QVERIFY(flagCount >= 14);
        QVERIFY(segmentCount >= 8);
        QCOMPARE(flagTypes, (QSet<int>{flags::VariantFlag, flags::BooleanFlag}));
        QCOMPARE(operators, (QSet<int>{flags::OrOperator, flags::AndOperator}));
        QCOMPARE(constraintTypes, (QSet<int>{flags::StringConstraint, flags::NumberConstraint,
                                             flags::BooleanConstraint, flags::DateTimeConstraint,
                                             flags::EntityIdConstraint}));
    }

    void validatesClean()
    {
        for (const flags::Problem &problem : flags::validate(m_snapshot)) {
            // A document cannot hold the stamp; the first save writes it.
            if (problem.code == flags::Problem::Code::StampMissing)
                continue;
            QFAIL(qPrintable(messages::place(problem.location) + u": "_qs
                             + messages::sentence(problem)));
        }
    }

    /// So that an export after applying it differs by nothing but the edits made.
    void isItsOwnExport()
    {
        const auto printed = features::print(m_snapshot, {.sortByKey = false});
        QVERIFY(printed);
        QCOMPARE(printed->text, sampleWorkspace());
    }

    void refersOnlyToWhatIsThere()
    {
        for (const auto &nameSpace : m_snapshot.namespaces) {
            for (const auto &flag : nameSpace->flags) {
                for (const flags::Rule &rule : flag->rules) {
                    for (const SegmentKey &key : rule.segments)
                        QVERIFY2(nameSpace->segment(key), qPrintable(key.text()));
                }
                for (const flags::Rollout &rollout : flag->rollouts) {
                    for (const flags::SegmentMatch &match : rollout.segmentMatches) {
                        for (const SegmentKey &key : match.segments)
                            QVERIFY2(nameSpace->segment(key), qPrintable(key.text()));
                    }
                }
            }
        }
    }

private:
    flags::Snapshot m_snapshot;
};

QTEST_GUILESS_MAIN(TestSample)
#include "tst_sample.moc"
