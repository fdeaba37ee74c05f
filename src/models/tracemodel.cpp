// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tracemodel.h"

#include <algorithm>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using evaluation::ConstraintTrace;
using evaluation::SegmentTrace;
using evaluation::StepTrace;
using evaluation::Trace;

struct TraceModel::Item {
    /// What one of the two traces found.
    struct Side {
        std::optional<evaluation::Verdict> verdict;
        QString reason;
        QString seen;
    };

    Item *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Item>> children;
    Node node = Node::Step;
    QString what;
    Side sides[2];

    Item *append(Node childNode, const QString &childWhat)
    {
        auto child = std::make_unique<Item>();
        child->parent = this;
        child->row = int(children.size());
        child->node = childNode;
        child->what = childWhat;
        children.push_back(std::move(child));
        return children.back().get();
    }
};

/// Fills the tree and remembers the item of each step, to find the divergence again.
class TraceModel::Builder {
public:
    Builder(Item &root, const Trace &first, const Trace *second)
        : m_root(root), m_traces{&first, second}
    {
    }

    void build();
    const Item *at(const evaluation::Divergence &divergence) const;

private:
    struct Pair {
        const StepTrace *steps[2] = {};
        int indexes[2] = {-1, -1};
    };

    std::vector<Pair> pairs() const;
    void addStep(const Pair &pair);
    void addSegments(Item &step, const Pair &pair);
    void addConstraints(Item &segment, const SegmentTrace *const (&segments)[2]);
    void addBucket(Item &step, const Pair &pair);

    Item &m_root;
    const Trace *m_traces[2];
    std::vector<std::pair<Pair, Item *>> m_steps;
};

namespace {

QString stepTitle(const StepTrace &step, int number)
{
    switch (step.kind) {
    case StepTrace::Kind::Rule:
        return TraceModel::tr("Rule %1").arg(number);
    case StepTrace::Kind::Threshold:
        return TraceModel::tr("Rollout %1: threshold").arg(number);
    case StepTrace::Kind::Segments:
        return TraceModel::tr("Rollout %1: segments").arg(number);
    case StepTrace::Kind::Nothing:
        break;
    }
    return TraceModel::tr("Rollout %1").arg(number);
}

QString constraintTitle(const ConstraintTrace &constraint)
{
    QString title = constraint.type == 5 ? TraceModel::tr("entity id") : constraint.property;
    title += u' ' + constraint.operatorName;
    return constraint.wanted.isEmpty() ? title : title + u' ' + constraint.wanted;
}

/// Who gets the entity's bucket.
QString bucketText(const StepTrace &step)
{
    const auto chosen = std::ranges::find(step.ranges, true, &evaluation::RangeTrace::chosen);
    if (chosen == step.ranges.end())
        return TraceModel::tr("%1: nobody's").arg(step.bucket);
    return TraceModel::tr("%1: in %2 to %3, %4")
        .arg(step.bucket)
        .arg(chosen->first)
        .arg(chosen->end - 1)
        .arg(chosen->answer);
}

bool hasStep(const Trace &trace, const QString &id)
{
    return std::ranges::find(trace.steps, id, &StepTrace::id) != trace.steps.end();
}

} // namespace

/// Steps of both sides in order; those of one side alone stand where that side has them.
std::vector<TraceModel::Builder::Pair> TraceModel::Builder::pairs() const
{
    std::vector<Pair> result;
    const auto &first = m_traces[0]->steps;
    static const std::vector<StepTrace> none;
    const auto &second = m_traces[1] ? m_traces[1]->steps : none;
    std::vector<bool> used(second.size());
    size_t next = 0;
    const auto addAlone = [&](size_t index) {
        Pair pair;
        pair.steps[1] = &second[index];
        pair.indexes[1] = int(index);
        result.push_back(pair);
        used[index] = true;
    };
    for (size_t i = 0; i < first.size(); ++i) {
        while (next < second.size() && (used[next] || !hasStep(*m_traces[0], second[next].id))) {
            if (!used[next])
                addAlone(next);
            ++next;
        }
        Pair pair;
        pair.steps[0] = &first[i];
        pair.indexes[0] = int(i);
        const auto match = std::ranges::find(second, first[i].id, &StepTrace::id);
        if (match != second.end() && !used[size_t(match - second.begin())]) {
            pair.steps[1] = &*match;
            pair.indexes[1] = int(match - second.begin());
            used[size_t(pair.indexes[1])] = true;
        }
        result.push_back(pair);
    }
    for (size_t i = 0; i < second.size(); ++i) {
        if (!used[i])
            addAlone(i);
    }
    return result;
}

void TraceModel::Builder::addConstraints(Item &segment, const SegmentTrace *const (&segments)[2])
{
    std::vector<bool> used(segments[1] ? segments[1]->constraints.size() : 0);
    const auto add = [&](const ConstraintTrace *first, const ConstraintTrace *second) {
        Item *item = segment.append(Node::Constraint, constraintTitle(second ? *second : *first));
        const ConstraintTrace *sides[] = {first, second};
        for (int side = 0; side < 2; ++side) {
            if (sides[side])
                item->sides[side] = {sides[side]->verdict, sides[side]->reason, sides[side]->seen};
        }
    };
    if (segments[0]) {
        for (const ConstraintTrace &mine : segments[0]->constraints) {
            const ConstraintTrace *match = nullptr;
            for (size_t i = 0; segments[1] && i < used.size() && !match; ++i) {
                const ConstraintTrace &other = segments[1]->constraints[i];
                if (!used[i] && other.property == mine.property && other.type == mine.type
                    && other.operatorName == mine.operatorName && other.wanted == mine.wanted) {
                    match = &other;
                    used[i] = true;
                }
            }
            add(&mine, match);
        }
    }
    for (size_t i = 0; i < used.size(); ++i) {
        if (!used[i])
            add(nullptr, &segments[1]->constraints[i]);
    }
}

void TraceModel::Builder::addSegments(Item &step, const Pair &pair)
{
    QStringList keys;
    for (const StepTrace *side : pair.steps) {
        for (qsizetype i = 0; side && i < qsizetype(side->segments.size()); ++i) {
            if (!keys.contains(side->segments[size_t(i)].key))
                keys.append(side->segments[size_t(i)].key);
        }
    }
    for (const QString &key : keys) {
        Item *item = step.append(Node::Segment, tr("segment %1").arg(key));
        const SegmentTrace *segments[2] = {};
        for (int side = 0; side < 2; ++side) {
            if (!pair.steps[side])
                continue;
            const auto found =
                std::ranges::find(pair.steps[side]->segments, key, &SegmentTrace::key);
            if (found == pair.steps[side]->segments.end())
                continue;
            segments[side] = &*found;
            item->sides[side] = {found->verdict, found->reason, {}};
        }
        addConstraints(*item, segments);
    }
}

void TraceModel::Builder::addBucket(Item &step, const Pair &pair)
{
    Item *item = nullptr;
    for (int side = 0; side < 2; ++side) {
        const StepTrace *trace = pair.steps[side];
        if (!trace || trace->bucket < 0)
            continue;
        if (!item)
            item = step.append(Node::Bucket, tr("bucket of %1").arg(trace->bucketCount));
        const bool isServed =
            std::ranges::find(trace->ranges, true, &evaluation::RangeTrace::chosen)
            != trace->ranges.end();
        item->sides[side] = {isServed ? evaluation::Verdict::Passed : evaluation::Verdict::Failed,
                             bucketText(*trace),
                             {}};
    }
}

void TraceModel::Builder::addStep(const Pair &pair)
{
    const int newest = pair.steps[1] ? 1 : 0;
    Item *item =
        m_root.append(Node::Step, stepTitle(*pair.steps[newest], pair.indexes[newest] + 1));
    for (int side = 0; side < 2; ++side) {
        if (pair.steps[side])
            item->sides[side] = {pair.steps[side]->verdict, pair.steps[side]->reason, {}};
    }
    addSegments(*item, pair);
    addBucket(*item, pair);
    m_steps.emplace_back(pair, item);
}

void TraceModel::Builder::build()
{
    for (const Pair &pair : pairs())
        addStep(pair);
}

const TraceModel::Item *TraceModel::Builder::at(const evaluation::Divergence &divergence) const
{
    const auto isIt = [&](const auto &entry) {
        return (divergence.stepA >= 0 && entry.first.indexes[0] == divergence.stepA)
               || (divergence.stepB >= 0 && entry.first.indexes[1] == divergence.stepB);
    };
    const auto found = std::ranges::find_if(m_steps, isIt);
    if (found == m_steps.end())
        return nullptr;
    const Item *step = found->second;
    if (divergence.place == evaluation::Divergence::Place::Bucket && !step->children.empty()
        && step->children.back()->node == Node::Bucket)
        return step->children.back().get();
    const auto segment = std::ranges::find_if(step->children, [&](const auto &child) {
        return child->node == Node::Segment && !divergence.segment.isEmpty()
               && child->what == tr("segment %1").arg(divergence.segment);
    });
    if (segment == step->children.end())
        return step;
    // The constraint whose verdicts differ, the first as in the divergence itself.
    for (const auto &constraint : (*segment)->children) {
        if (divergence.place == evaluation::Divergence::Place::Constraint
            && constraint->sides[0].verdict != constraint->sides[1].verdict)
            return constraint.get();
    }
    return segment->get();
}

TraceModel::TraceModel(QObject *parent)
    : QAbstractItemModel(parent), m_root(std::make_unique<Item>())
{
}

TraceModel::~TraceModel() = default;

void TraceModel::setTraces(const Trace &first, const std::optional<Trace> &second,
                           const QString &firstName, const QString &secondName)
{
    beginResetModel();
    m_root = std::make_unique<Item>();
    m_names = second ? QStringList{firstName, secondName} : QStringList{firstName};
    Builder builder(*m_root, first, second ? &*second : nullptr);
    builder.build();
    m_divergence = nullptr;
    if (const auto found = second ? firstDivergence(first, *second) : std::nullopt)
        m_divergence = builder.at(*found);
    endResetModel();
}

void TraceModel::clear()
{
    beginResetModel();
    m_root = std::make_unique<Item>();
    m_divergence = nullptr;
    m_names.clear();
    endResetModel();
}

QModelIndex TraceModel::divergence() const
{
    return m_divergence ? createIndex(m_divergence->row, 0, m_divergence) : QModelIndex();
}

const TraceModel::Item &TraceModel::item(const QModelIndex &index) const
{
    return index.isValid() ? *static_cast<const Item *>(index.constInternalPointer()) : *m_root;
}

QModelIndex TraceModel::index(int row, int column, const QModelIndex &parent) const
{
    const Item &owner = item(parent);
    if (row < 0 || row >= int(owner.children.size()) || column < 0 || column >= columnCount()
        || parent.column() > 0)
        return {};
    return createIndex(row, column, owner.children[size_t(row)].get());
}

QModelIndex TraceModel::parent(const QModelIndex &child) const
{
    const Item *owner = child.isValid() ? item(child).parent : nullptr;
    return !owner || owner == m_root.get() ? QModelIndex() : createIndex(owner->row, 0, owner);
}

int TraceModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(item(parent).children.size());
}

int TraceModel::columnCount(const QModelIndex &) const
{
    return 1 + std::max(1, int(m_names.size()));
}

QVariant TraceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Item &row = item(index);
    if (role == NodeRole)
        return int(row.node);
    if (role == DivergesRole)
        return &row == m_divergence;
    if (index.column() == WhatColumn)
        return role == Qt::DisplayRole ? QVariant(row.what) : QVariant();
    const Item::Side &side = row.sides[index.column() - FirstColumn];
    switch (role) {
    case Qt::DisplayRole:
        if (!side.verdict)
            return u"—"_qs;
        if (row.node == Node::Bucket)
            return side.reason;
        return side.reason.isEmpty() ? verdictName(*side.verdict)
                                     : verdictName(*side.verdict) + u": "_qs + side.reason;
    case Qt::ToolTipRole:
    case ReasonRole:
        return side.reason;
    case VerdictRole:
        return side.verdict ? QVariant(int(*side.verdict)) : QVariant();
    case SeenRole:
        return row.node == Node::Constraint ? QVariant(side.seen) : QVariant();
    default:
        return {};
    }
}

QVariant TraceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == WhatColumn ? tr("Step") : m_names.value(section - FirstColumn);
}

QHash<int, QByteArray> TraceModel::roleNames() const
{
    return {{Qt::DisplayRole, "display"}, {NodeRole, "node"}, {VerdictRole, "verdict"},
            {ReasonRole, "reason"},       {SeenRole, "seen"}, {DivergesRole, "diverges"}};
}

} // namespace edgewise::models
