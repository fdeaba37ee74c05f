// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/explain.h>
#include <evaluation/text.h>
#include <segments/segmenttest.h>
#include <theme/appearance.h>
#include <widgets/linefield.h>
#include <widgets/parts.h>

namespace edgewise::segmentspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

evaluation::SegmentTrace trySegment(const flags::Segment &segment, const QString &entity,
                                    const models::ContextModel::Context &context)
{
    flags::Flag flag;
    flag.key = FlagKey(u"segment"_qs);
    flag.enabled = true;
    flag.rules.resize(1);
    flag.rules[0].id = RuleId(u"rule"_qs);
    flag.rules[0].segments = {segment.key};
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"default"_qs);
    nameSpace.flags.push_back(std::make_shared<const flags::Flag>(flag));
    nameSpace.segments.push_back(std::make_shared<const flags::Segment>(segment));
    flags::Snapshot snapshot;
    snapshot.namespaces.push_back(std::make_shared<const flags::Namespace>(nameSpace));

    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto &[name, value] : context)
        texts.emplace_back(evaluation::utf8(name), evaluation::utf8(value));
    std::vector<evaluation::Property> properties;
    for (const auto &[name, value] : texts)
        properties.push_back({name, value});
    const std::string entityText = evaluation::utf8(entity);
    evaluation::Request request;
    request.nameSpace = "default";
    request.flag = "segment";
    request.entity = entityText;
    request.context = properties;
    const evaluation::Trace trace = evaluation::explain(*evaluation::compile(snapshot), request);
    if (trace.steps.empty() || trace.steps[0].segments.empty())
        return {};
    return trace.steps[0].segments[0];
}

SegmentTest::SegmentTest(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance),
      m_entity(new widgets::LineField(u"segmentEntity"_qs, tr("Entity id to try"), this)),
      m_context(new models::ContextModel(this)), m_table(new QTableView(this)),
      m_answer(widgets::quietLabel({}, this))
{
    m_entity->setPlaceholderText(tr("entity id, such as user-42"));
    m_table->setObjectName(u"segmentContext"_qs);
    m_table->setAccessibleName(tr("Context to try"));
    m_table->setModel(m_context);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::SelectedClicked
                             | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::AnyKeyPressed);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(compactRow);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->setFont(theme::codeFont());
    m_table->setFixedHeight(4 * compactRow + inside);
    auto *remove = new QAction(tr("Remove property"), m_table);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, [this] {
        if (m_table->currentIndex().isValid())
            m_context->removeRows(m_table->currentIndex().row(), 1);
    });
    m_table->addAction(remove);
    m_answer->setObjectName(u"segmentAnswer"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addWidget(m_entity);
    column->addWidget(m_table);
    column->addWidget(m_answer);
    connect(m_entity, &widgets::LineField::committed, this, &SegmentTest::ask);
    connect(m_context, &models::ContextModel::contextChanged, this, &SegmentTest::ask);
}

void SegmentTest::setSegment(const std::shared_ptr<const flags::Segment> &segment)
{
    m_segment = segment;
    ask();
}

void SegmentTest::ask()
{
    const models::ContextModel::Context context = m_context->context();
    if (!m_segment || (context.empty() && m_entity->text().isEmpty())) {
        m_answer->setText(
            tr("Type an entity id or a property to see whether the segment matches."));
        emit tried(std::nullopt);
        return;
    }
    const evaluation::SegmentTrace trace = trySegment(*m_segment, m_entity->text(), context);
    QString answer;
    switch (trace.verdict) {
    case evaluation::Verdict::Passed:
        answer = theme::stateGlyph(theme::State::Ok) + u' ' + tr("The segment matches.");
        break;
    case evaluation::Verdict::Error:
        answer = theme::stateGlyph(theme::State::Late) + u' ' + tr("The evaluation fails.");
        break;
    default:
        answer = theme::stateGlyph(theme::State::Bad) + u' ' + tr("The segment does not match.");
        break;
    }
    m_answer->setText(trace.reason.isEmpty() ? answer : answer + u' ' + trace.reason);
    emit tried(trace);
}

} // namespace edgewise::segmentspage
