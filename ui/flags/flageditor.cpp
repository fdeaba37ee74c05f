// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/flageditor.h>
#include <flags/flaghead.h>
#include <flags/metadatasection.h>
#include <flags/rolloutsection.h>
#include <flags/rulesection.h>
#include <flags/validate.h>
#include <flags/variantsection.h>
#include <theme/theme.h>
#include <widgets/linefield.h>
#include <widgets/problemlines.h>

#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using Part = flags::Location::Part;
using Attribute = flags::Location::Attribute;

FlagEditor::FlagEditor(const theme::Appearance &appearance, QWidget *parent)
    : QScrollArea(parent), m_body(new QWidget), m_head(new FlagHead(appearance, m_body)),
      m_problems(new widgets::ProblemLines(appearance, m_body)),
      m_variants(new VariantSection(appearance, m_body)),
      m_rules(new RuleSection(appearance, m_body)),
      m_rollouts(new RolloutSection(appearance, m_body)),
      m_metadata(new MetadataSection(appearance, m_body))
{
    setObjectName(u"flagEditor"_qs);
    setAccessibleName(tr("Flag"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_problems->setObjectName(u"flagProblems"_qs);
    auto *column = new QVBoxLayout(m_body);
    column->setSpacing(inside);
    for (QWidget *part : std::initializer_list<QWidget *>{m_head, m_problems, m_variants, m_rules,
                                                          m_rollouts, m_metadata})
        column->addWidget(part);
    column->addStretch();
    setWidget(m_body);
    m_body->setAutoFillBackground(true);
    m_body->setBackgroundRole(QPalette::Base);
    m_body->hide();
    wire();
}

FlagEditor::~FlagEditor()
{
    // Fields that lose the focus while they go down say what was typed, to an editor that must
    // still be one.
    m_isReadOnly = true;
    delete takeWidget();
}

void FlagEditor::wire()
{
    connect(m_head, &FlagHead::edited, this, &FlagEditor::apply);
    connect(m_variants, &VariantSection::edited, this, &FlagEditor::apply);
    connect(m_variants, &VariantSection::revealRequested, this, &FlagEditor::reveal);
    connect(m_rules, &RuleSection::edited, this, &FlagEditor::apply);
    connect(m_rules, &RuleSection::revealRequested, this, &FlagEditor::reveal);
    connect(m_rules, &RuleSection::segmentOpenRequested, this, &FlagEditor::segmentOpenRequested);
    connect(m_rollouts, &RolloutSection::edited, this, &FlagEditor::apply);
    connect(m_rollouts, &RolloutSection::revealRequested, this, &FlagEditor::reveal);
    connect(m_rollouts, &RolloutSection::segmentOpenRequested, this,
            &FlagEditor::segmentOpenRequested);
    connect(m_metadata, &MetadataSection::edited, this, &FlagEditor::apply);
}

void FlagEditor::setFlag(std::shared_ptr<const flags::Flag> flag,
                         std::shared_ptr<const flags::Namespace> nameSpace,
                         std::shared_ptr<const flags::Flag> saved)
{
    const bool same = m_context.flag && flag && m_context.flag->key == flag->key
                      && m_context.nameSpace && nameSpace
                      && m_context.nameSpace->key == nameSpace->key;
    const bool sameUnnamed = m_context.flag && flag && m_context.flag->key == flag->key
                             && !m_context.nameSpace && !nameSpace;
    if (!same && !sameUnnamed)
        commit();
    m_context = FlagContext{std::move(flag), std::move(saved), std::move(nameSpace)};
    m_body->setVisible(m_context.flag != nullptr);
    if (!m_context.flag)
        return;
    m_head->showFlag(*m_context.flag);
    m_metadata->showMetadata(*m_context.flag);
    m_variants->showFlag(*m_context.flag);
    m_rules->showFlag(m_context);
    m_rollouts->showFlag(m_context);
    if (!same && !sameUnnamed)
        verticalScrollBar()->setValue(0);
}

void FlagEditor::setProblems(const std::vector<flags::Problem> &problems)
{
    if (!m_context.flag)
        return;
    const auto ofFlag = [&](auto wanted) {
        return problemsAt(problems, [&](const flags::Location &place) {
            return place.part == Part::Flag && wanted(place.attribute);
        });
    };
    m_head->setProblems(ofFlag([](Attribute attribute) { return attribute == Attribute::Name; }));
    m_metadata->setProblems(
        ofFlag([](Attribute attribute) { return attribute == Attribute::Metadata; }));
    m_problems->setProblems(ofFlag([](Attribute attribute) {
        return attribute != Attribute::Name && attribute != Attribute::Metadata;
    }));
    m_variants->setProblems(problems);
    m_rules->setProblems(problems);
    m_rollouts->setProblems(problems);
}

void FlagEditor::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    m_head->setReadOnly(readOnly);
    m_variants->setReadOnly(readOnly);
    m_rules->setReadOnly(readOnly);
    m_rollouts->setReadOnly(readOnly);
    m_metadata->setReadOnly(readOnly);
}

void FlagEditor::setEntityBuckets(const QHash<QString, int> &buckets)
{
    m_rules->setEntityBuckets(buckets);
    m_rollouts->setEntityBuckets(buckets);
}

void FlagEditor::focusName()
{
    m_head->focusName();
}

void FlagEditor::commit()
{
    m_head->flush();
    widgets::flushFields(*m_body);
}

void FlagEditor::apply(const FlagEdit &edit)
{
    if (!m_context.flag || m_isReadOnly)
        return;
    flags::Flag flag = *m_context.flag;
    edit.apply(flag);
    if (flag == *m_context.flag)
        return;
    const QString label = u"%1: %2"_qs.arg(flag.key.text(), edit.label);
    emit edited(flag, label, edit.topic);
}

void FlagEditor::reveal(QWidget *widget)
{
    // Later, when the layout knows where the new widget stands.
    QTimer::singleShot(0, widget, [this, widget] { ensureWidgetVisible(widget); });
}

} // namespace edgewise::flagspage
