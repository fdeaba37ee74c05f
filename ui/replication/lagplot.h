// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/lagaxis.h>

#include <QChartView>

class QCategoryAxis;
class QGraphicsLineItem;
class QValueAxis;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::replicationpage {

/// The drawing of the lag chart: lines, a band, two axes and a cursor. What is drawn is its
/// owner's matter. Times are seconds before the moment that counts as now, so negative.
class LagPlot : public QChartView {
    Q_OBJECT

public:
    explicit LagPlot(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void setTimes(double from, double to);
    /// Takes off what is drawn; the axis ends above `largest`.
    void begin(models::LagUnit unit, double largest);
    void addLine(const QColor &colour, const QList<QPointF> &line);
    void addBand(const models::LagBand &band);

    /// Pixels of the plot from left to right, at least 1.
    int columns() const;
    /// 0 at the left end of the plot, 1 at the right one; of a position in the parent.
    double placeAt(const QPointF &position) const;
    /// Inside the plot, not on its axes.
    bool isInPlot(const QPointF &position) const;
    /// A thin line at that time; none hides it.
    void setCursorTime(std::optional<double> seconds);
    std::optional<double> cursorTime() const { return m_cursorTime; }

signals:
    /// All that was drawn has to be drawn again.
    void themeChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyTheme();
    void placeCursor();

    const theme::Appearance &m_appearance;
    QChart *m_chart;
    QCategoryAxis *m_time;
    QValueAxis *m_lag;
    QGraphicsLineItem *m_cursor;
    std::optional<double> m_cursorTime;
};

} // namespace edgewise::replicationpage
