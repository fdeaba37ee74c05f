// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/split.h>
#include <flags/distributioneditor.h>
#include <flags/edit.h>
#include <flags/percentage.h>
#include <theme/appearance.h>
#include <widgets/flowlayout.h>
#include <widgets/parts.h>
#include <widgets/swatch.h>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

/// Entries of the kind box; variants stand between them.
const QString defaultKind = u"default"_qs;
const QString splitKind = u"split"_qs;

bool isSingle(const flags::Rule &rule)
{
    return rule.distributions.size() == 1 && rule.distributions.front().rollout >= 100;
}

flags::Distribution shareOf(const VariantId &variant, double percentage)
{
    flags::Distribution distribution;
    distribution.id = DistributionId(flags::newId());
    distribution.variant = variant;
    distribution.rollout = percentage;
    return distribution;
}

} // namespace

DistributionEditor::DistributionEditor(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance),
      m_kind(widgets::choiceBox(u"ruleServes"_qs, tr("Serves"), this)), m_split(new QWidget(this)),
      m_ruler(new widgets::BucketRuler(appearance, m_split)), m_grid(new QGridLayout),
      m_rest(widgets::quietLabel({}, m_split))
{
    m_ruler->setObjectName(u"bucketRuler"_qs);
    m_rest->setObjectName(u"unmatched"_qs);
    auto *kindLine = new QHBoxLayout;
    auto *serves = widgets::quietLabel(tr("serves"), this);
    serves->setWordWrap(false);
    kindLine->addWidget(serves);
    kindLine->addWidget(m_kind, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addLayout(kindLine);
    column->addWidget(m_split);
    auto *split = new QVBoxLayout(m_split);
    split->setContentsMargins({});
    split->setSpacing(grid);
    split->addWidget(m_ruler);
    m_grid->setHorizontalSpacing(inside);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(1, 2);
    m_grid->setColumnStretch(3, 1);
    split->addLayout(m_grid);
    split->addWidget(m_rest);
    createTools(split);

    connect(m_kind, &QComboBox::activated, this, &DistributionEditor::chooseKind);
    connect(m_ruler, &widgets::BucketRuler::boundaryMoved, this, [this] {
        // While one drags, the lines follow; the flag changes when the handle is let go.
        for (const evaluation::BucketRange &range : m_ruler->buckets().ranges) {
            QDoubleSpinBox *share = m_lines[range.distribution].share;
            const QSignalBlocker blocker(share);
            share->setValue(range.percentage);
        }
    });
    connect(m_ruler, &widgets::BucketRuler::edited, this, &DistributionEditor::takeRuler);
}

void DistributionEditor::createTools(QVBoxLayout *column)
{
    auto *tools = new QWidget(m_split);
    auto *flow = new widgets::FlowLayout(tools);
    const auto tool = [&](const QString &name, const QString &text, const QString &help) {
        auto *button = new QPushButton(text, tools);
        button->setObjectName(name);
        button->setToolTip(help);
        button->setAutoDefault(false);
        flow->addWidget(button);
        return button;
    };
    m_addVariant = widgets::addButton(m_appearance, u"addShare"_qs, tr("Variant"), tools);
    m_addVariant->setAccessibleName(tr("Add a variant to the split"));
    flow->addWidget(m_addVariant);
    m_equal = tool(u"equalSplit"_qs, tr("Equal split"),
                   tr("Deals all 1000 buckets out as equally as can be"));
    m_fill = tool(u"fillUp"_qs, tr("Fill up"), tr("The last variant gets what nobody gets"));
    m_fewest = tool(u"movesFewest"_qs, tr("Move fewest"),
                    tr("The same shares, laid out so that the fewest entities change variant "
                       "against what is saved"));
    column->addWidget(tools);
    connect(m_addVariant, &QPushButton::clicked, this, &DistributionEditor::addVariant);
    connect(m_equal, &QPushButton::clicked, this, [this] {
        auto list = distributions();
        evaluation::splitEqually(list);
        emit edited(list, {});
    });
    connect(m_fill, &QPushButton::clicked, this, [this] {
        auto list = distributions();
        evaluation::fillUp(list);
        emit edited(list, {});
    });
    connect(m_fewest, &QPushButton::clicked, this,
            [this] { emit edited(evaluation::movingFewest(m_rule, *m_saved).distributions, {}); });
}

void DistributionEditor::setRule(const flags::Rule &rule, const FlagContext &context,
                                 const flags::Rule *saved)
{
    m_rule = rule;
    m_context = context;
    m_saved.reset();
    if (saved && !saved->distributions.empty() && saved->distributions != rule.distributions)
        m_saved = evaluation::buckets(*saved);
    const evaluation::BucketLayout layout = evaluation::buckets(rule);
    m_ruler->setBuckets(layout, looksOf(layout, *context.flag));
    m_ruler->setSaved(m_saved);
    showKinds();
    showLines();
    showRest();
    m_split->setVisible(!rule.distributions.empty() && !isSingle(rule));
}

void DistributionEditor::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    m_kind->setEnabled(!readOnly);
    m_ruler->setReadOnly(readOnly);
    for (QPushButton *button : {m_addVariant, m_equal, m_fill, m_fewest})
        button->setVisible(!readOnly);
    for (const Line &line : std::as_const(m_lines)) {
        line.variant->setEnabled(!readOnly);
        line.share->setReadOnly(readOnly);
        line.remove->setVisible(!readOnly);
    }
}

void DistributionEditor::setEntityBucket(int bucket)
{
    m_ruler->setEntityBucket(bucket);
}

void DistributionEditor::showKinds()
{
    const flags::Flag &flag = *m_context.flag;
    m_kind->clear();
    m_kind->addItem(
        flag.defaultVariant
            ? tr("the default variant (%1)").arg(variantText(flag, *flag.defaultVariant))
            : tr("no variant, but a match"),
        defaultKind);
    for (const flags::Variant &variant : flag.variants)
        m_kind->addItem(tr("%1 to all").arg(variant.key), variant.id.text());
    if (!flag.variants.empty() || !m_rule.distributions.empty())
        m_kind->addItem(tr("a split"), splitKind);
    QString kind = splitKind;
    if (m_rule.distributions.empty())
        kind = defaultKind;
    else if (isSingle(m_rule) && m_kind->findData(m_rule.distributions[0].variant.text()) >= 0)
        kind = m_rule.distributions[0].variant.text();
    m_kind->setCurrentIndex(m_kind->findData(kind));
}

DistributionEditor::Line DistributionEditor::makeLine(int index)
{
    Line line{
        new widgets::Swatch(m_appearance, m_split),
        widgets::choiceBox(u"shareVariant"_qs, tr("Variant of share %1").arg(index + 1), m_split),
        new QDoubleSpinBox(m_split), widgets::quietLabel({}, m_split),
        widgets::iconButton(m_appearance, u"close"_qs, u"removeShare"_qs,
                            tr("Take share %1 out of the split").arg(index + 1), m_split)};
    line.share->setObjectName(u"share"_qs);
    line.share->setAccessibleName(tr("Percentage of share %1").arg(index + 1));
    line.share->setDecimals(2);
    line.share->setSingleStep(0.1);
    line.share->setSuffix(u" %"_qs);
    line.share->setKeyboardTracking(false);
    line.share->setAlignment(Qt::AlignRight);
    widgets::leaveWheelToPage(line.share);
    line.buckets->setWordWrap(false);
    m_grid->addWidget(line.swatch, index, 0);
    m_grid->addWidget(line.variant, index, 1);
    m_grid->addWidget(line.share, index, 2);
    m_grid->addWidget(line.buckets, index, 3);
    m_grid->addWidget(line.remove, index, 4);
    for (QWidget *widget : std::initializer_list<QWidget *>{line.swatch, line.variant, line.share,
                                                            line.buckets, line.remove})
        widget->show();
    connect(line.share, &QDoubleSpinBox::valueChanged, this,
            [this, index](double percentage) { setShare(index, percentage); });
    connect(line.variant, &QComboBox::activated, this, [this, index](int chosen) {
        auto list = distributions();
        list[size_t(index)].variant =
            VariantId(m_lines[index].variant->itemData(chosen).toString());
        emit edited(list, {});
    });
    connect(line.remove, &QToolButton::clicked, this, [this, index] {
        auto list = distributions();
        list.erase(list.begin() + index);
        emit edited(list, {});
    });
    return line;
}

void DistributionEditor::showLines()
{
    const flags::Flag &flag = *m_context.flag;
    const qsizetype count = qsizetype(m_rule.distributions.size());
    while (m_lines.size() < count)
        m_lines.append(makeLine(int(m_lines.size())));
    while (m_lines.size() > count) {
        const Line line = m_lines.takeLast();
        for (QWidget *widget : std::initializer_list<QWidget *>{
                 line.swatch, line.variant, line.share, line.buckets, line.remove}) {
            widget->hide();
            widget->deleteLater();
        }
    }
    const evaluation::BucketLayout &layout = m_ruler->buckets();
    for (qsizetype i = 0; i < count; ++i) {
        const flags::Distribution &distribution = m_rule.distributions[size_t(i)];
        const Line &line = m_lines[i];
        line.swatch->setIndex(variantIndex(flag, distribution.variant));
        line.variant->clear();
        for (const flags::Variant &variant : flag.variants)
            line.variant->addItem(variant.key, variant.id.text());
        if (variantIndex(flag, distribution.variant) < 0)
            line.variant->addItem(distribution.variant.text(), distribution.variant.text());
        line.variant->setCurrentIndex(line.variant->findData(distribution.variant.text()));
        const QSignalBlocker blocker(line.share);
        line.share->setRange(std::min(0.0, distribution.rollout),
                             std::max(100.0, distribution.rollout));
        line.share->setValue(distribution.rollout);
        line.share->setToolTip(
            tr("%1 % as stored").arg(flags::percentageText(distribution.rollout)));
        const auto range =
            std::ranges::find(layout.ranges, int(i), &evaluation::BucketRange::distribution);
        line.buckets->setText(range == layout.ranges.end() || range->width() == 0
                                  ? tr("no bucket")
                                  : tr("%1–%2").arg(range->first).arg(range->end - 1));
    }
    setReadOnly(m_isReadOnly);
}

void DistributionEditor::showRest()
{
    const evaluation::BucketLayout &layout = m_ruler->buckets();
    const int rest = layout.count - layout.unmatched;
    QStringList words;
    if (rest > 0)
        words.append(tr("%1 % is unmatched (%2): those entities get no match, and no later rule.")
                         .arg(locale().toString(rest / 10.0, 'f', 1),
                              rest == 1 ? tr("1 bucket") : tr("%1 buckets").arg(rest)));
    if (m_saved) {
        const int moved = evaluation::movedCount(*m_saved, layout);
        const int fewest = evaluation::movedCount(
            *m_saved, evaluation::buckets(evaluation::movingFewest(m_rule, *m_saved)));
        words.append(fewest < moved
                         ? tr("Moves %1 of 1000 buckets against what is saved; %2 would do.")
                               .arg(moved)
                               .arg(fewest)
                         : tr("Moves %1 of 1000 buckets against what is saved; fewer cannot be.")
                               .arg(moved));
        m_fewest->setEnabled(fewest < moved);
    } else {
        m_fewest->setEnabled(false);
    }
    m_fill->setEnabled(rest > 0 && !m_rule.distributions.empty());
    m_rest->setText(words.join(u' '));
    m_rest->setVisible(!words.isEmpty());
}

void DistributionEditor::chooseKind(int index)
{
    const QString kind = m_kind->itemData(index).toString();
    std::vector<flags::Distribution> list;
    if (kind == splitKind) {
        if (!m_rule.distributions.empty() && !isSingle(m_rule))
            return;
        for (const flags::Variant &variant : m_context.flag->variants) {
            const auto own =
                std::ranges::find(m_rule.distributions, variant.id, &flags::Distribution::variant);
            list.push_back(own == m_rule.distributions.end() ? shareOf(variant.id, 0) : *own);
        }
        evaluation::splitEqually(list);
        if (list.size() == 1)
            list.front().rollout = 50;
    } else if (kind != defaultKind) {
        const auto own =
            std::ranges::find(m_rule.distributions, VariantId(kind), &flags::Distribution::variant);
        list.push_back(own == m_rule.distributions.end() ? shareOf(VariantId(kind), 100) : *own);
        list.front().rollout = 100;
    }
    emit edited(list, {});
}

void DistributionEditor::addVariant()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"addShareMenu"_qs);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const evaluation::BucketLayout &layout = m_ruler->buckets();
    for (const flags::Variant &variant : m_context.flag->variants) {
        QAction *action = menu->addAction(QString(variant.key).replace(u'&', u"&&"_qs));
        connect(action, &QAction::triggered, this, [this, id = variant.id, layout] {
            auto list = distributions();
            list.push_back(shareOf(id, evaluation::percentageOf(layout.count - layout.unmatched)));
            emit edited(list, {});
        });
    }
    menu->popup(m_addVariant->mapToGlobal(QPoint(0, m_addVariant->height())));
}

void DistributionEditor::takeRuler()
{
    auto list = distributions();
    for (const evaluation::BucketRange &range : m_ruler->buckets().ranges)
        list[size_t(range.distribution)].rollout = range.percentage;
    emit edited(list, u"shares"_qs);
}

void DistributionEditor::setShare(int line, double percentage)
{
    auto list = distributions();
    list[size_t(line)].rollout = flags::asStored(percentage);
    emit edited(list, u"shares"_qs);
}

} // namespace edgewise::flagspage
