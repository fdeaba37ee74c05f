// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/tracemodel.h>
#include <theme/appearance.h>
#include <whatif/tracedelegate.h>

namespace edgewise::whatifpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using evaluation::Verdict;
using models::TraceModel;

theme::State stateOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Passed:
        return theme::State::Ok;
    case Verdict::Failed:
        return theme::State::Bad;
    case Verdict::Error:
        return theme::State::Late;
    case Verdict::NotReached:
    case Verdict::Skipped:
        break;
    }
    return theme::State::Off;
}

TraceDelegate::TraceDelegate(const theme::Appearance &appearance, QObject *parent)
    : QStyledItemDelegate(parent), m_appearance(appearance)
{
}

QSize TraceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), compactRow};
}

void TraceDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->textElideMode = Qt::ElideRight;
    const theme::Tokens &tokens = m_appearance.tokens();
    const bool diverges = index.data(TraceModel::DivergesRole).toBool();
    if (diverges)
        option->backgroundBrush = tokens.changed;
    if (index.column() == TraceModel::WhatColumn) {
        const auto node = TraceModel::Node(index.data(TraceModel::NodeRole).toInt());
        if (node == TraceModel::Node::Constraint)
            option->font = theme::codeFont();
        else if (node == TraceModel::Node::Step)
            option->font = theme::textFont(theme::TextSize::Body, QFont::DemiBold);
        // The sign says it where the ground cannot be seen.
        if (diverges)
            option->text = u"≠ "_qs + option->text;
        return;
    }
    const QVariant verdict = index.data(TraceModel::VerdictRole);
    if (!verdict.isValid()) {
        option->palette.setColor(QPalette::Text, tokens.secondary);
        return;
    }
    const theme::State state = stateOf(Verdict(verdict.toInt()));
    option->icon = m_appearance.stateIcon(state);
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = QSize(iconSmall - 4, iconSmall - 4);
    if (state == theme::State::Off)
        option->palette.setColor(QPalette::Text, tokens.secondary);
}

} // namespace edgewise::whatifpage
