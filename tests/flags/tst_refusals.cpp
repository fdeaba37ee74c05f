// SPDX-License-Identifier: GPL-3.0-or-later
// Every refusal that was recorded on a running Flipt has its counterpart here, as a refused edit or
// as an error that validation finds, unless only a request can be at fault.
#include <flags/edit.h>
#include <flags/validate.h>

#include <support/testdata.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace edgewise;
using namespace edgewise::flags;
using namespace Qt::StringLiterals;
using Code = Problem::Code;

namespace {

/// What our side says of an edit.
struct Verdict {
    bool refused = false;    ///< the edit itself
    QString detail;          ///< of the refusal
    std::vector<Code> codes; ///< of the errors that the edit brings in
};

/// Reasons why a recorded refusal has no counterpart: a part of the rule's name.
const QList<std::pair<QString, QString>> requestsAlone{
    {u" get "_qs, u"reading is no edit"_qs},
    {u" list "_qs, u"paging of requests"_qs},
    {u"both"_qs, u"a rule has one list of segments here"_qs},
    {u"order"_qs, u"ranks are set one by one"_qs},
    {u"evaluate"_qs, u"evaluation is another room"_qs},
    {u"body"_qs, u"the form of a request"_qs},
    {u"path"_qs, u"the form of a request"_qs},
    {u"method"_qs, u"the form of a request"_qs},
    {u"GET"_qs, u"the form of a request"_qs},
    {u"flag type unknown"_qs, u"a name that no number stands for"_qs},
    {u"segment match type"_qs, u"a name that no number stands for"_qs},
    {u"type not in enum"_qs, u"a name that no number stands for"_qs},
    {u"rule segment operator"_qs, u"a name that no number stands for"_qs},
    {u"not bool"_qs, u"the type of a value"_qs},
    {u"attachment not a string"_qs, u"the type of a value"_qs},
    {u"fraction"_qs, u"the type of a value"_qs},
    {u"rollout text"_qs, u"the type of a value"_qs},
    {u"rollout NaN"_qs, u"the type of a value"_qs},
    {u"delete without variantId"_qs, u"the row's id names it"_qs},
    {u"distribution unknown rule"_qs, u"a distribution is a part of its rule"_qs},
    {u"distribution unknown flag"_qs, u"a distribution is a part of its rule"_qs},
    {u"distribution wrong namespace"_qs, u"a distribution is a part of its rule"_qs},
    {u"delete protected"_qs, u"a namespace goes with everything in it, as with force"_qs},
    {u"delete non-empty"_qs, u"a namespace goes with everything in it, as with force"_qs},
    {u"constraint of unknown segment"_qs, u"a constraint is a part of its segment"_qs},
};

/// What answers to a message of Flipt's; an empty list means a refused edit.
const QList<std::pair<QString, std::vector<Code>>> counterparts{
    {u"field key: must not be empty"_qs, {Code::KeyEmpty}},
    {u"contains invalid characters"_qs, {Code::KeyInvalid}},
    {u"field name: must not be empty"_qs, {Code::NameEmpty}},
    {u"must be a json string"_qs, {Code::AttachmentNotJson}},
    {u"less than 1000 KB"_qs, {Code::AttachmentTooLong}},
    {u"bad StructValue"_qs, {Code::MetadataNotObject}},
    {u"not found for flag"_qs, {Code::DefaultVariantUnknown}},
    {u"constraint operator"_qs, {Code::OperatorInvalid}},
    {u"field value: must not be empty"_qs, {Code::ValueEmpty}},
    {u"field property: must not be empty"_qs, {Code::PropertyEmpty}},
    {u"field operator: must not be empty"_qs, {Code::OperatorEmpty}},
    {u"instead of \"entityId\""_qs, {Code::PropertyNotEntityId}},
    {u"invalid constraint type"_qs, {Code::ConstraintTypeUnknown}},
    {u"invalid value provided"_qs, {Code::ListInvalid}},
    {u"too many values"_qs, {Code::ListTooLong}},
    {u"parsing datetime"_qs, {Code::DateTimeInvalid}},
    {u"rank: must be greater"_qs, {Code::RankNotPositive, Code::RankNegative}},
    {u"segmentKeys: must not be empty"_qs, {Code::SegmentsEmpty, Code::RolloutWithoutRule}},
    {u"greater than or equal to '0'"_qs, {Code::PercentageNegative}},
    {u"less than or equal to '100'"_qs, {Code::PercentageTooLarge}},
    {u"within range [0, 100]"_qs, {Code::PercentageOutOfRange}},
    {u"field variantId: must not be empty"_qs, {Code::VariantUnknown}},
    {u"rank number:"_qs, {Code::RankTaken}},
    {u"rollout rule is missing"_qs, {Code::RolloutWithoutRule}},
    {u"invalid rollout rule type"_qs, {Code::RolloutWithoutRule}},
    {u"cannot change type of rollout"_qs, {Code::RolloutTypeMismatch}},
    {u"invalid values for key(s)"_qs, {Code::RankTooLarge}},
    {u"variants.key"_qs, {Code::DuplicateKey}},
    {u"UNIQUE constraint failed"_qs, {}},
    {u"FOREIGN KEY constraint failed"_qs, {Code::SegmentUnknown}},
    {u"not found"_qs, {Code::VariantUnknown}},
};

std::vector<SegmentKey> segmentsIn(const QJsonObject &body)
{
    std::vector<SegmentKey> keys;
    if (body.contains(u"segmentKey"_qs))
        keys.emplace_back(body[u"segmentKey"_qs].toString());
    for (const QJsonValue &key : body[u"segmentKeys"_qs].toArray())
        keys.emplace_back(key.toString());
    return keys;
}

/// The database of the recording as far as a request's path needs it: whatever the path names is
/// there, unless its name says that it is not.
class Replay {
public:
    explicit Replay(const QJsonObject &request)
        : m_path(request[u"path"_qs].toString().split(u'/', Qt::SkipEmptyParts)),
          m_method(request[u"method"_qs].toString()), m_body(request[u"body"_qs].toObject())
    {
        // A long text was recorded by its length.
        static const QRegularExpression cut(u"\\A\"x+…\\(len (\\d+)\\)\"?\\z"_qs);
        const auto match = cut.match(m_body[u"attachment"_qs].toString());
        if (match.hasMatch())
            m_body[u"attachment"_qs] =
                QString(u'"' + QString(match.captured(1).toInt() - 2, u'x') + u'"');
    }

    Verdict run()
    {
        const Snapshot before = database();
        const Result<Snapshot> after = edited(before);
        if (!after)
            return {true, after.error().detail, {}};
        Verdict verdict;
        for (const Problem &problem : newErrors(before, *after))
            verdict.codes.push_back(problem.code);
        return verdict;
    }

private:
    QString part(int index) const { return m_path.value(index).section(u'?', 0, 0); }
    NamespaceKey nameSpace() const { return NamespaceKey(part(3)); }
    static bool isMissing(const QString &name)
    {
        return name == u"nope" || name.startsWith(u"00000000-");
    }
    QString text(QStringView name) const { return m_body[name].toString(); }

    Snapshot database() const
    {
        Flag v;
        v.key = FlagKey(u"v"_qs);
        v.name = u"v"_qs;
        v.variants = {{VariantId(u"first"_qs), u"a"_qs, {}, {}, {}, {}},
                      {VariantId(u"second"_qs), u"b"_qs, {}, {}, {}, {}}};
        v.rules.push_back({RuleId(u"rule"_qs),
                           1,
                           OrOperator,
                           {SegmentKey(u"s1"_qs), SegmentKey(u"s2"_qs)},
                           {{DistributionId(u"distribution"_qs), v.variants[0].id, 10, {}}},
                           {}});
        Flag b;
        b.key = FlagKey(u"b"_qs);
        b.name = u"b"_qs;
        b.type = BooleanFlag;
        b.rollouts.push_back({RolloutId(u"threshold"_qs),
                              ThresholdRollout,
                              {},
                              1,
                              Threshold{RolloutPartId(u"t"_qs), 50, true},
                              {},
                              {}});
        Namespace made;
        made.key = NamespaceKey(u"refuse"_qs);
        made.name = u"refuse"_qs;
        for (const QString &key : {u"s1"_qs, u"s2"_qs}) {
            Segment segment;
            segment.key = SegmentKey(key);
            segment.name = key;
            segment.constraints.push_back({ConstraintId(key + u"-constraint"),
                                           StringConstraint,
                                           u"p"_qs,
                                           u"eq"_qs,
                                           u"x"_qs,
                                           {},
                                           {}});
            made.segments.push_back(std::make_shared<const Segment>(segment));
        }
        made.flags = {std::make_shared<const Flag>(v), std::make_shared<const Flag>(b)};
        return {{std::make_shared<const Namespace>(made)}};
    }

    Result<Snapshot> edited(const Snapshot &before) const
    {
        if (m_path.size() <= 4)
            return editedNamespace(before);
        return part(4) == u"flags" ? editedFlag(before) : editedSegment(before);
    }

    Result<Snapshot> editedNamespace(const Snapshot &before) const
    {
        if (m_method == u"DELETE")
            return removeNamespace(before, nameSpace());
        if (m_method == u"PUT")
            return describeNamespace(before, nameSpace(), text(u"name"), {});
        Namespace made;
        made.key = NamespaceKey(text(u"key"));
        made.name = text(u"name");
        return insertNamespace(before, made);
    }

    /// The object that the path names, or an empty one of its key, which an edit then refuses.
    template <typename T, typename K>
    static T existing(const std::shared_ptr<const T> &found, const K &key)
    {
        T object;
        if (found)
            return *found;
        object.key = key;
        return object;
    }

    Result<Snapshot> editedSegment(const Snapshot &before) const
    {
        const auto space = before.nameSpace(nameSpace());
        const SegmentKey key(m_path.size() > 5 ? part(5) : text(u"key"));
        Segment segment = existing(space ? space->segment(key) : nullptr, key);
        if (m_path.size() == 5 || (m_path.size() == 6 && m_method == u"PUT")) {
            segment.name = text(u"name");
            return m_method == u"PUT" ? replaceSegment(before, nameSpace(), segment)
                                      : insertSegment(before, nameSpace(), segment);
        }
        if (m_method == u"DELETE")
            return removeSegment(before, nameSpace(), key);
        const int type = typeIn(m_body[u"type"_qs]);
        if (m_method == u"PUT" && isMissing(part(7)))
            return Error{Error::Kind::NotFound, {}, u"constraint not found"_qs};
        if (m_method == u"PUT")
            segment.constraints.clear();
        segment.constraints.push_back(
            {{}, type, text(u"property"), text(u"operator"), text(u"value"), {}, {}});
        return replaceSegment(before, nameSpace(), segment);
    }

    static int typeIn(const QJsonValue &type)
    {
        static const QStringList names{u"UNKNOWN"_qs, u"STRING"_qs,   u"NUMBER"_qs,
                                       u"BOOLEAN"_qs, u"DATETIME"_qs, u"ENTITY"_qs};
        return type.isDouble()
                   ? type.toInt()
                   : std::max<int>(
                       0, static_cast<int>(names.indexOf(type.toString().section(u'_', 0, 0))));
    }

    Result<Snapshot> editedFlag(const Snapshot &before) const
    {
        const auto space = before.nameSpace(nameSpace());
        const FlagKey key(m_path.size() > 5 ? part(5) : text(u"key"));
        Flag flag = existing(space ? space->flag(key) : nullptr, key);
        if (m_path.size() == 5 || (m_path.size() == 6 && m_method == u"PUT")) {
            flag.name = text(u"name");
            if (m_body.contains(u"defaultVariantId"_qs))
                flag.defaultVariant = VariantId(text(u"defaultVariantId"));
            if (m_body.contains(u"metadata"_qs))
                flag.metadata =
                    QString::fromUtf8(QJsonDocument(m_body[u"metadata"_qs].toArray()).toJson());
            return m_method == u"PUT" ? replaceFlag(before, nameSpace(), flag)
                                      : insertFlag(before, nameSpace(), flag);
        }
        if (m_method == u"PUT" && isMissing(m_path.last()))
            return Error{Error::Kind::NotFound, {}, u"not found"_qs};
        if (part(6) == u"variants")
            editVariant(flag);
        else if (part(6) == u"rollouts")
            editRollout(flag);
        else if (part(8) == u"distributions")
            editDistribution(flag);
        else
            editRule(flag);
        return replaceFlag(before, nameSpace(), flag);
    }

    void editVariant(Flag &flag) const
    {
        Variant variant;
        variant.key = text(u"key");
        if (m_body.contains(u"attachment"_qs))
            variant.attachment = text(u"attachment");
        if (m_method == u"PUT")
            flag.variants.erase(flag.variants.begin());
        if (m_method == u"PUT" && flag.rules.size() > 0)
            flag.rules.clear();
        flag.variants.push_back(variant);
    }

    void editRule(Flag &flag) const
    {
        Rule rule;
        rule.rank = m_method == u"PUT" ? 1 : m_body[u"rank"_qs].toInteger();
        rule.segments = segmentsIn(m_body);
        if (m_method == u"PUT")
            flag.rules.clear();
        flag.rules.push_back(rule);
    }

    void editDistribution(Flag &flag) const
    {
        Distribution distribution;
        const QString id = text(u"variantId");
        distribution.variant = id.isEmpty() || isMissing(id) ? VariantId(id) : flag.variants[1].id;
        distribution.rollout = m_body[u"rollout"_qs].toDouble();
        flag.rules[0].distributions.push_back(distribution);
    }

    void editRollout(Flag &flag) const
    {
        const bool updates = m_method == u"PUT";
        Rollout rollout;
        rollout.rank = updates ? 7 : m_body[u"rank"_qs].toInteger();
        // Who changes the kind of an existing rollout leaves its type as it was.
        const bool hasThreshold = m_body.contains(u"threshold"_qs);
        const bool wasSegment = updates && hasThreshold && !isMissing(m_path.last())
                                && m_body[u"threshold"_qs].toObject().size() == 2
                                && m_body[u"threshold"_qs].toObject()[u"percentage"_qs] == 5;
        rollout.type = updates        ? (wasSegment ? SegmentRollout : ThresholdRollout)
                       : hasThreshold ? ThresholdRollout
                                      : SegmentRollout;
        if (hasThreshold)
            rollout.threshold = Threshold{
                {}, m_body[u"threshold"_qs].toObject()[u"percentage"_qs].toDouble(), true};
        if (m_body.contains(u"segment"_qs)) {
            const QJsonObject segment = m_body[u"segment"_qs].toObject();
            rollout.segmentMatches.push_back({{}, true, OrOperator, segmentsIn(segment)});
        }
        flag.rollouts.push_back(rollout);
        if (rollout.rank == 9) // the recording had taken it by then
            flag.rollouts.push_back(rollout);
    }

    QStringList m_path;
    QString m_method;
    QJsonObject m_body;
};

} // namespace

class TestRefusals : public QObject {
    Q_OBJECT

private slots:
    void answersEveryRecordedRefusal_data()
    {
        QTest::addColumn<QJsonObject>("line");
        int number = 0;
        for (const QByteArray &text : test::dataContent(u"oracle/refusals.jsonl"_qs).split('\n')) {
            if (text.isEmpty())
                continue;
            QJsonObject line = QJsonDocument::fromJson(text).object();
            if (text.contains("\xEF\xBB\xBF")) { // a byte order mark, which QJsonDocument drops
                QJsonObject request = line[u"request"_qs].toObject();
                QJsonObject body = request[u"body"_qs].toObject();
                body[u"attachment"_qs] = QString(u'\ufeff' + body[u"attachment"_qs].toString());
                request[u"body"_qs] = body;
                line[u"request"_qs] = request;
            }
            const QString rule = u' ' + line[u"rule"_qs].toString() + u' ';
            const bool isRequest = std::ranges::any_of(
                requestsAlone, [&](const auto &entry) { return rule.contains(entry.first); });
            ++number;
            if (!isRequest)
                QTest::addRow("%d%s", number, qPrintable(rule)) << line;
        }
        QVERIFY(number > 200);
    }
    void answersEveryRecordedRefusal()
    {
        QFETCH(QJsonObject, line);
        const QString message = line[u"body"_qs][u"message"_qs].toString();
        const auto counterpart = std::ranges::find_if(
            counterparts, [&](const auto &entry) { return message.contains(entry.first); });
        QVERIFY2(counterpart != counterparts.end(), qPrintable(message));
        const Verdict verdict = Replay(line[u"request"_qs].toObject()).run();
        if (verdict.refused) {
            const bool inOurWords = QRegularExpression(u"is not unique|not found|is in use"_qs)
                                        .match(verdict.detail)
                                        .hasMatch();
            QVERIFY2(inOurWords, qPrintable(verdict.detail));
            QVERIFY2(message.contains(u"not found") || message.contains(u"constraint failed"),
                     qPrintable(message + u" / " + verdict.detail));
            return;
        }
        const bool found = std::ranges::any_of(counterpart->second, [&](Code code) {
            return std::ranges::find(verdict.codes, code) != verdict.codes.end();
        });
        QStringList codes;
        for (const Code code : verdict.codes)
            codes.append(QString::number(static_cast<int>(code)));
        QVERIFY2(found, qPrintable(message + u" / " + codes.join(u' ')));
    }

    void theListOfRequestsIsNeeded()
    {
        const QByteArray lines = test::dataContent(u"oracle/refusals.jsonl"_qs);
        for (const auto &[words, reason] : requestsAlone) {
            bool used = false;
            for (const QByteArray &text : lines.split('\n')) {
                const QString rule = QJsonDocument::fromJson(text).object()[u"rule"_qs].toString();
                used = used || QString(u' ' + rule + u' ').contains(words);
            }
            QVERIFY2(used, qPrintable(words + u": " + reason));
        }
    }
};

QTEST_GUILESS_MAIN(TestRefusals)
#include "tst_refusals.moc"
