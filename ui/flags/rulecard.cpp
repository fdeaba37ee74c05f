// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/distributioneditor.h>
#include <flags/rulecard.h>
#include <flags/segmentchips.h>
#include <theme/appearance.h>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;

RuleCard::RuleCard(const theme::Appearance &appearance, const RuleId &id, QWidget *parent)
    : MovableCard(appearance, id.text(), parent), m_rule(id),
      m_segments(new SegmentChips(appearance, this)),
      m_distributions(new DistributionEditor(appearance, this))
{
    setObjectName(u"ruleCard"_qs);
    content()->addWidget(m_segments);
    content()->addWidget(m_distributions);
    connect(m_segments, &SegmentChips::openRequested, this, &RuleCard::segmentOpenRequested);
    connect(m_segments, &SegmentChips::edited, this,
            [this](const std::vector<SegmentKey> &segments, int segmentOperator) {
                emit edited({tr("segments of rule %1").arg(m_number),
                             {},
                             [id = m_rule, segments, segmentOperator](flags::Flag &flag) {
                                 if (flags::Rule *rule = withId(flag.rules, id)) {
                                     rule->segments = segments;
                                     rule->segmentOperator = segments.size() < 2
                                                                 ? int(flags::OrOperator)
                                                                 : segmentOperator;
                                 }
                             }});
            });
    connect(m_distributions, &DistributionEditor::edited, this,
            [this](const std::vector<flags::Distribution> &distributions, const QString &topic) {
                emit edited({tr("shares of rule %1").arg(m_number),
                             topic.isEmpty() ? QString() : topic + m_rule.text(),
                             [id = m_rule, distributions](flags::Flag &flag) {
                                 if (flags::Rule *rule = withId(flag.rules, id))
                                     rule->distributions = distributions;
                             }});
            });
    connect(this, &MovableCard::removeRequested, this, [this] {
        emit edited({tr("remove rule %1").arg(m_number), {}, [id = m_rule](flags::Flag &flag) {
                         removeRule(flag, id);
                     }});
    });
}

void RuleCard::showRule(const FlagContext &context, int number)
{
    const flags::Rule *rule = withId(context.flag->rules, m_rule);
    if (!rule)
        return;
    m_number = number;
    setPlace(number, tr("rule"));
    m_segments->setSegments(rule->segments, rule->segmentOperator, context.nameSpace);
    m_distributions->setRule(*rule, context,
                             context.saved ? withId(context.saved->rules, m_rule) : nullptr);
    setAccessibleName(tr("Rule %1: %2").arg(number).arg(m_segments->sentence()));
}

void RuleCard::setReadOnly(bool readOnly)
{
    MovableCard::setReadOnly(readOnly);
    m_segments->setReadOnly(readOnly);
    m_distributions->setReadOnly(readOnly);
}

void RuleCard::setEntityBucket(int bucket)
{
    m_distributions->setEntityBucket(bucket);
}

void RuleCard::focusSegments()
{
    m_segments->focusAdd();
}

} // namespace edgewise::flagspage
