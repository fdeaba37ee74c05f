// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/access.h>
#include <changes/fields.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::changes;
using namespace Qt::StringLiterals;

namespace {

/// A content of the type that no new object holds.
Value unusual(FieldType type)
{
    switch (type) {
    case FieldType::Boolean:
        return true;
    case FieldType::Integer:
        return qint64(41);
    case FieldType::Real:
        return 12.5;
    case FieldType::Text:
    case FieldType::OptionalText:
        return u"text"_qs;
    case FieldType::TextList:
        return QStringList{u"a"_qs, u"b"_qs};
    }
    return {};
}

template <typename T>
void checkFields()
{
    const KindInfo &info = kindInfo(ObjectTraits<T>::kind);
    for (const FieldInfo &field : info.fields) {
        T object;
        QVERIFY2(holds(value(object, field.field), field.type), field.name.data());
        QVERIFY2(setValue(object, field.field, unusual(field.type)), field.name.data());
        QVERIFY2(value(object, field.field) == unusual(field.type), field.name.data());
        const Value wrong = field.type == FieldType::Text ? Value(1.5) : Value(u"x"_qs);
        if (field.type != FieldType::OptionalText)
            QVERIFY2(!setValue(object, field.field, wrong), field.name.data());
        QCOMPARE(fieldNamed(info.kind, QString(field.name)), &field);
        QCOMPARE(fieldInfo(info.kind, field.field), &field);
    }
    for (int i = 0; i <= static_cast<int>(Field::Updated); ++i) {
        const Field field = static_cast<Field>(i);
        T object;
        if (!fieldInfo(info.kind, field))
            QVERIFY(!setValue(object, field, u"x"_qs) && !setValue(object, field, qint64(1)));
    }
}

} // namespace

class TestFields : public QObject {
    Q_OBJECT

private slots:
    void readsAndSetsEveryField()
    {
        checkFields<flags::Namespace>();
        checkFields<flags::Segment>();
        checkFields<flags::Constraint>();
        checkFields<flags::Flag>();
        checkFields<flags::Variant>();
        checkFields<flags::Rule>();
        checkFields<flags::Distribution>();
        checkFields<flags::Rollout>();
        checkFields<flags::Threshold>();
        checkFields<flags::SegmentMatch>();
    }

    void coversEveryField()
    {
        for (int i = 0; i <= static_cast<int>(Field::Updated); ++i) {
            const bool used = std::ranges::any_of(kinds(), [&](const KindInfo &info) {
                return fieldInfo(info.kind, static_cast<Field>(i)) != nullptr;
            });
            QVERIFY2(used, qPrintable(QString::number(i)));
        }
    }

    void namesKinds()
    {
        QCOMPARE(kinds().size(), size_t(10));
        for (const KindInfo &info : kinds())
            QCOMPARE(kindNamed(QString(info.name)), std::optional(info.kind));
        QVERIFY(!kindNamed(u"Flag"));
    }

    void findsParents()
    {
        const NamespaceKey n(u"n"_qs);
        const Address distribution{ObjectKind::Distribution, n, u"f"_qs, u"r"_qs, u"d"_qs};
        const Address rule{ObjectKind::Rule, n, u"f"_qs, {}, u"r"_qs};
        const Address flag{ObjectKind::Flag, n, u"f"_qs, {}, {}};
        QVERIFY(parentOf(distribution) == rule);
        QVERIFY(parentOf(rule) == flag);
        QVERIFY(parentOf(flag) == (Address{ObjectKind::Namespace, n, {}, {}, {}}));
        QVERIFY(!parentOf(*parentOf(flag)));
        QVERIFY(parentOf({ObjectKind::Constraint, n, u"s"_qs, {}, u"c"_qs})
                == (Address{ObjectKind::Segment, n, u"s"_qs, {}, {}}));
        QVERIFY(parentOf({ObjectKind::Threshold, n, u"f"_qs, u"o"_qs, u"t"_qs})
                == (Address{ObjectKind::Rollout, n, u"f"_qs, {}, u"o"_qs}));
    }
};

QTEST_GUILESS_MAIN(TestFields)
#include "tst_fields.moc"
