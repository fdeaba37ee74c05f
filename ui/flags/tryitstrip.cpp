// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/explain.h>
#include <evaluation/text.h>
#include <flags/edit.h>
#include <flags/jsonformat.h>
#include <flags/tryitstrip.h>
#include <theme/appearance.h>
#include <widgets/linefield.h>
#include <widgets/parts.h>

#include <QToolButton>

#include <algorithm>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

std::optional<std::vector<std::pair<QString, QString>>> parseContext(const QString &text)
{
    std::vector<std::pair<QString, QString>> context;
    if (text.trimmed().startsWith(u'{')) {
        const auto members = flags::jsonMembers(text);
        if (!members)
            return std::nullopt;
        for (const flags::JsonMember &member : *members) {
            const std::optional<QString> value = flags::textOfJson(member.value);
            if (!value)
                return std::nullopt;
            context.emplace_back(member.name, *value);
        }
        return context;
    }
    const QStringList parts = text.split(u',');
    for (const QString &part : parts) {
        if (part.trimmed().isEmpty())
            continue;
        const qsizetype sign = part.indexOf(u'=');
        if (sign < 1 || part.first(sign).trimmed().isEmpty())
            return std::nullopt;
        context.emplace_back(part.first(sign).trimmed(), part.sliced(sign + 1).trimmed());
    }
    return context;
}

QString answerText(const evaluation::Trace &trace)
{
    if (trace.status != 200)
        return TryItStrip::tr("error %1 · %2").arg(trace.status).arg(trace.message);
    QStringList words;
    if (trace.isBoolean)
        words.append(trace.value ? TryItStrip::tr("on") : TryItStrip::tr("off"));
    else
        words.append(trace.variantKey.isEmpty() ? TryItStrip::tr("no variant") : trace.variantKey);
    if (trace.decidedBy < 0) {
        words.append(trace.enabled || trace.isBoolean ? TryItStrip::tr("nothing decided")
                                                      : TryItStrip::tr("the flag is off"));
        return words.join(u" · "_qs);
    }
    const evaluation::StepTrace &step = trace.steps[size_t(trace.decidedBy)];
    words.append((trace.isBoolean ? TryItStrip::tr("rollout %1") : TryItStrip::tr("rule %1"))
                     .arg(trace.decidedBy + 1));
    if (step.bucket >= 0) {
        const auto range = std::ranges::find(step.ranges, true, &evaluation::RangeTrace::chosen);
        words.append(range == step.ranges.end()
                         ? TryItStrip::tr("bucket %1, which nobody gets").arg(step.bucket)
                         : TryItStrip::tr("bucket %1 of %2–%3")
                               .arg(step.bucket)
                               .arg(range->first)
                               .arg(range->end - 1));
    }
    return words.join(u" · "_qs);
}

TryItStrip::TryItStrip(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance),
      m_entity(new widgets::LineField(u"tryEntity"_qs, tr("Entity id to try"), this)),
      m_context(new widgets::LineField(u"tryContext"_qs, tr("Context to try"), this)),
      m_fault(widgets::quietLabel({}, this)), m_answer(new QLabel(this)),
      m_before(widgets::quietLabel({}, this))
{
    setObjectName(u"tryIt"_qs);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_entity->setPlaceholderText(tr("user-42"));
    m_context->setPlaceholderText(tr("plan=pro, country=DE"));
    m_context->setToolTip(tr("property=value, parted by commas, or a JSON object of texts"));
    for (widgets::LineField *line : {m_entity, m_context})
        line->setFont(theme::codeFont());
    m_fault->setObjectName(u"tryFault"_qs);
    m_fault->hide();
    m_answer->setObjectName(u"tryAnswer"_qs);
    m_answer->setTextFormat(Qt::PlainText);
    m_answer->setWordWrap(true);
    m_answer->setFont(theme::textFont(theme::TextSize::Body, QFont::DemiBold));
    m_before->setObjectName(u"trySaved"_qs);
    QToolButton *fresh = widgets::iconButton(appearance, u"refresh"_qs, u"tryNewEntity"_qs,
                                             tr("Try a new entity id"), this);
    auto *title = widgets::quietLabel(tr("Try it"), this);
    title->setWordWrap(false);
    auto *line = new QHBoxLayout;
    line->setSpacing(inside);
    line->addWidget(title);
    line->addWidget(m_entity, 2);
    line->addWidget(fresh);
    line->addWidget(m_context, 3);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(between, inside, between, inside);
    column->setSpacing(grid);
    column->addLayout(line);
    column->addWidget(m_fault);
    column->addWidget(m_answer);
    column->addWidget(m_before);
    connect(m_entity, &widgets::LineField::committed, this, &TryItStrip::ask);
    connect(m_context, &widgets::LineField::committed, this, &TryItStrip::ask);
    connect(fresh, &QToolButton::clicked, this, [this] {
        m_entity->setText(flags::newId());
        ask();
    });
}

TryItStrip::~TryItStrip() = default;

void TryItStrip::setFlag(const std::shared_ptr<const flags::Namespace> &draft,
                         const std::shared_ptr<const flags::Namespace> &saved, const FlagKey &flag)
{
    m_draft = draft;
    m_saved = saved;
    m_flag = flag;
    ask();
}

std::optional<evaluation::Trace>
TryItStrip::askOne(const std::shared_ptr<const flags::Namespace> &of,
                   std::shared_ptr<const evaluation::Program> &program)
{
    const auto context = parseContext(m_context->text());
    if (!of || !context || !of->flag(m_flag))
        return std::nullopt;
    flags::Snapshot snapshot;
    snapshot.namespaces.push_back(of);
    program = evaluation::compile(snapshot, program ? program : m_draftProgram);
    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto &[name, value] : *context)
        texts.emplace_back(evaluation::utf8(name), evaluation::utf8(value));
    std::vector<evaluation::Property> properties;
    for (const auto &[name, value] : texts)
        properties.push_back({name, value});
    const std::string nameSpace = evaluation::utf8(of->key.text());
    const std::string flag = evaluation::utf8(m_flag.text());
    const std::string entity = evaluation::utf8(m_entity->text());
    evaluation::Request request;
    request.nameSpace = nameSpace;
    request.flag = flag;
    request.entity = entity;
    request.context = properties;
    return evaluation::explain(*program, request);
}

void TryItStrip::ask()
{
    const bool readable = parseContext(m_context->text()).has_value();
    m_fault->setVisible(!readable);
    m_fault->setText(
        theme::stateGlyph(theme::State::Bad) + u' '
        + tr("The context is neither “property=value, …” nor a JSON object of texts."));
    const auto trace = askOne(m_draft, m_draftProgram);
    const auto before = askOne(m_saved, m_savedProgram);
    QHash<QString, int> buckets;
    if (trace)
        for (const evaluation::StepTrace &step : trace->steps)
            if (step.bucket >= 0)
                buckets.insert(step.id, step.bucket);
    m_answer->setText(trace ? u"→ "_qs + answerText(*trace) : QString());
    m_answer->setToolTip(trace ? trace->conclusion : QString());
    const QString now = trace ? answerText(*trace) : QString();
    if (!trace)
        m_before->clear();
    else if (!before)
        m_before->setText(tr("not saved yet"));
    else if (answerText(*before) == now)
        m_before->setText(tr("saved state: the same"));
    else
        m_before->setText(tr("~ saved state: %1").arg(answerText(*before)));
    emit bucketsChanged(buckets);
}

} // namespace edgewise::flagspage
