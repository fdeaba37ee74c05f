// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <models/lagaxis.h>

#include <QTimer>
#include <QWidget>

class QCategoryAxis;
class QChart;
class QChartView;
class QLabel;
class QValueAxis;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::replicationpage {

/// Lag of each replica over the last minutes. A node that was unreachable has a gap there.
class LagChart : public QWidget {
    Q_OBJECT

public:
    struct Line {
        QString name; ///< for people
        QString text; ///< in its samples
    };

    /// `model` and `clock` must outlive the chart.
    LagChart(const theme::Appearance &appearance, models::LagSeriesModel &model, const Clock &clock,
             QWidget *parent = nullptr);

    void setLines(const QList<Line> &lines);
    /// To be put into the header of whatever holds the chart.
    QWidget *controls() const { return m_controls; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void makeControls();
    void redraw();
    void drawLine(int line, const QList<QList<QPointF>> &pieces);
    void labelTime();
    void applyTheme();
    QString describe() const;

    const theme::Appearance &m_appearance;
    models::LagSeriesModel &m_model;
    const Clock &m_clock;
    QList<Line> m_lines;
    models::LagUnit m_unit = models::LagUnit::Milliseconds;
    double m_windowSeconds = 60;
    QTimer m_timer;
    QWidget *m_controls;
    QChart *m_chart;
    QChartView *m_view;
    QCategoryAxis *m_time;
    QValueAxis *m_lag;
    QLabel *m_legend;
};

} // namespace edgewise::replicationpage
