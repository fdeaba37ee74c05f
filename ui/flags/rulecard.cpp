// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/bucketbar.h>
#include <flags/rulecard.h>
#include <flags/segmentwords.h>
#include <theme/appearance.h>
#include <widgets/chipsline.h>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int numberWidth = 28;

QLabel *quietLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

/// Number at the left, the rest in a column; the column is returned.
QVBoxLayout *numberedColumn(QWidget *card, int number)
{
    auto *line = new QHBoxLayout(card);
    line->setContentsMargins(0, grid, 0, grid);
    line->setSpacing(inside);
    auto *label = new QLabel(QLocale().toString(number), card);
    label->setFont(theme::textFont(theme::TextSize::Body, QFont::DemiBold));
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setFixedWidth(numberWidth);
    label->setAlignment(Qt::AlignRight | Qt::AlignTop);
    label->setContentsMargins(0, grid - 1, 0, 0);
    line->addWidget(label, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(grid);
    line->addLayout(column, 1);
    return column;
}

} // namespace

RuleCard::RuleCard(const theme::Appearance &appearance, const flags::Rule &rule,
                   const flags::Flag &flag, int number, QWidget *parent)
    : QWidget(parent)
{
    QVBoxLayout *column = numberedColumn(this, number);
    auto *segments = new widgets::ChipsLine(appearance, this);
    segments->setChips(segmentTexts(rule.segments), operatorWord(rule.segmentOperator));
    column->addWidget(segments);
    if (rule.distributions.empty()) {
        column->addWidget(quietLabel(flag.defaultVariant ? tr("matches, and gives the default "
                                                              "variant")
                                                         : tr("matches, and gives no variant"),
                                     this));
    } else {
        auto *bar = new BucketBar(appearance, this);
        bar->setRuns(runsOf(rule, flag), 1000);
        column->addWidget(bar);
    }
    column->addStretch();
    setAccessibleName(tr("Rule %1: %2").arg(number).arg(segments->accessibleName()));
}

RolloutCard::RolloutCard(const theme::Appearance &appearance, const flags::Rollout &rollout,
                         int number, QWidget *parent)
    : QWidget(parent)
{
    QVBoxLayout *column = numberedColumn(this, number);
    QStringList words;
    if (rollout.threshold) {
        auto *bar = new BucketBar(appearance, this);
        bar->setRuns(runsOf(*rollout.threshold), 100);
        words.append(bar->accessibleName());
        column->addWidget(bar);
    }
    for (const flags::SegmentMatch &match : rollout.segmentMatches) {
        auto *segments = new widgets::ChipsLine(appearance, this);
        segments->setChips(segmentTexts(match.segments), operatorWord(match.segmentOperator));
        column->addWidget(segments);
        const QString answer = match.value ? tr("→ on") : tr("→ off");
        column->addWidget(new QLabel(answer, this));
        words.append(segments->accessibleName() + u' ' + answer);
    }
    if (!rollout.description.isEmpty())
        column->addWidget(quietLabel(rollout.description, this));
    if (words.isEmpty())
        column->addWidget(quietLabel(tr("neither threshold nor segment: decides nothing"), this));
    column->addStretch();
    setAccessibleName(tr("Rollout %1: %2").arg(number).arg(words.join(u"; "_qs)));
}

} // namespace edgewise::flagspage
