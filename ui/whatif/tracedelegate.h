// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/trace.h>
#include <theme/state.h>

#include <QStyledItemDelegate>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::whatifpage {

/// The shape and colour of a verdict; the word beside it is the model's.
theme::State stateOf(evaluation::Verdict verdict);

/// Draws the cells of a TraceModel: a verdict's shape before its words, and the row where two
/// traces part on the ground of a difference with a sign in front.
class TraceDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit TraceDelegate(const theme::Appearance &appearance, QObject *parent = nullptr);

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    const theme::Appearance &m_appearance;
};

} // namespace edgewise::whatifpage
