// SPDX-License-Identifier: GPL-3.0-or-later
#include <workspace/namedvalues.h>
#include <workspace/parity.h>
#include <workspace/parityrequests.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace edgewise;
using namespace edgewise::workspace;
using namespace Qt::StringLiterals;

namespace {

flags::Snapshot snapshotOf(int flagCount)
{
    auto segment = std::make_shared<flags::Segment>();
    segment->key = SegmentKey(u"payers"_qs);
    const auto add = [&segment](int type, const QString &property, const QString &operatorName,
                                const QString &value) {
        flags::Constraint constraint;
        constraint.type = type;
        constraint.property = property;
        constraint.operatorName = operatorName;
        constraint.value = value;
        segment->constraints.push_back(constraint);
    };
    add(flags::StringConstraint, u"plan"_qs, u"isoneof"_qs, uR"(["pro","team"])"_qs);
    add(flags::StringConstraint, u"plan"_qs, u"eq"_qs, u"pro"_qs);
    add(flags::NumberConstraint, u"age"_qs, u"gt"_qs, u"18"_qs);
    add(flags::BooleanConstraint, u"beta"_qs, u"true"_qs, {});
    add(flags::EntityIdConstraint, u"entityId"_qs, u"eq"_qs, u"user-1"_qs);
    auto nameSpace = std::make_shared<flags::Namespace>();
    nameSpace->key = NamespaceKey(u"default"_qs);
    nameSpace->segments.push_back(segment);
    for (int i = 0; i < flagCount; ++i) {
        auto flag = std::make_shared<flags::Flag>();
        flag->key = FlagKey(u"flag-%1"_qs.arg(i));
        flag->type = i % 2 == 0 ? flags::VariantFlag : flags::BooleanFlag;
        nameSpace->flags.push_back(flag);
    }
    flags::Snapshot snapshot;
    snapshot.namespaces.push_back(nameSpace);
    return snapshot;
}

} // namespace

class TestParityRequests : public QObject {
    Q_OBJECT

private slots:
    void valuesAreThoseOfTheConstraints()
    {
        const auto values = namedValues(*snapshotOf(0).namespaces.front());
        QCOMPARE(values.keys(), (QStringList{u"age"_qs, u"beta"_qs, u"plan"_qs}));
        QCOMPARE(values[u"plan"_qs], (QStringList{u"pro"_qs, u"team"_qs}));
        QCOMPARE(values[u"age"_qs], QStringList{u"18"_qs});
    }

    void everyFlagIsAskedWithAndWithoutContext()
    {
        const auto lines = parityRequests(snapshotOf(4), 100);
        QCOMPARE(lines.size(), size_t(4 * 6));
        QSet<QString> flags, plans;
        bool isWithout = false;
        for (const QByteArray &line : lines) {
            QVERIFY2(questionOf({line.constData(), size_t(line.size())}), line.constData());
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            flags.insert(object[u"flag"].toString());
            plans.insert(object[u"context"][u"plan"].toString());
            isWithout = isWithout || object[u"context"].toObject().isEmpty();
        }
        QCOMPARE(flags.size(), 4);
        QVERIFY(plans.contains(u"pro"_qs) && plans.contains(u"team"_qs) && isWithout);
        QCOMPARE(parityRequests(snapshotOf(4), 100), lines);
    }

    void thereAreNeverMoreThanWanted()
    {
        QCOMPARE(parityRequests(snapshotOf(50), 10).size(), size_t(10));
        QVERIFY(parityRequests(snapshotOf(0), 10).empty());
        QVERIFY(parityRequests(snapshotOf(3), 0).empty());
    }
};

QTEST_GUILESS_MAIN(TestParityRequests)
#include "tst_parityrequests.moc"
