// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/journeymodel.h>

#include <QStyledItemDelegate>
#include <QWidget>

class QLabel;
class QStackedLayout;
class QTableView;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class EmptyState;
}

namespace edgewise::replicationpage {

/// Draws one save's way in time: a bar for the row, a hollow one for the version, a dot for a
/// Flipt; thin lines are p50 and p95 of all.
class WaterfallDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    WaterfallDelegate(const theme::Appearance &appearance, QObject *parent = nullptr);

    /// The end of the time axis, and the two lines, in nanoseconds.
    void setScale(qint64 end, const std::optional<workspace::JourneyFigures> &figures);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    const theme::Appearance &m_appearance;
    qint64 m_end = 1;
    std::optional<workspace::JourneyFigures> m_figures;
};

/// Each save, by anyone, followed to each replica and Flipt.
class JourneysView : public QWidget {
    Q_OBJECT

public:
    explicit JourneysView(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// See models::JourneyModel::setLog().
    void setLog(const workspace::JourneyLog *log);

private:
    void update();
    void copySelection();

    models::JourneyModel m_model;
    QLabel *m_figures;
    QTableView *m_table;
    WaterfallDelegate *m_waterfall;
    widgets::EmptyState *m_empty;
    QStackedLayout *m_stack;
};

} // namespace edgewise::replicationpage
