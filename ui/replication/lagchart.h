// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <models/lagaxis.h>

#include <QTimer>
#include <QWidget>

class QAction;
class QToolButton;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::replicationpage {

class LagLegend;
class LagPlot;

/// Lag of each replica over time. A node that was unreachable has a gap there. Up to eight lines,
/// those that lag most; the other nodes are one band, from their median to their worst. It runs
/// with the time, or is held; the wheel and the keys + − ← → zoom and move. The legend tells the
/// figures at the cursor: where the pointer is, or the sample that Shift+← → has gone to. Hidden it
/// does nothing.
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
    /// Hold, zoom, export: for menus.
    QList<QAction *> actions() const;
    bool isHeld() const { return m_heldAt.has_value(); }
    /// The stretch of time in view, in seconds.
    double windowSeconds() const { return m_length; }
    /// How often it was drawn, for tests.
    int drawings() const { return m_drawings; }
    /// What is in view as comma separated values; see models::LagSeriesModel::csv().
    QByteArray csv() const;

signals:
    /// `problem` is empty when the file was written.
    void exported(const QString &path, const QString &problem);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    using Pieces = QList<QList<QPointF>>; ///< of one line
    void makeControls();
    QAction *makeAction(const QString &name, const QString &text, const QString &icon);
    void redraw();
    void showLegend();
    void setCursorTime(std::optional<double> seconds);
    void stepCursor(int direction);
    QString momentText(double seconds) const;
    double gap() const;
    void labelTime();
    void hold(bool held);
    void zoom(double factor, double place);
    void move(double part);
    void showWindow(double seconds);
    void exportCsv();
    qint64 now() const;
    QString describe() const;

    const theme::Appearance &m_appearance;
    models::LagSeriesModel &m_model;
    const Clock &m_clock;
    QList<Line> m_lines;
    QList<Pieces> m_pieces; ///< of the lines, as they were drawn last
    QList<int> m_drawn;     ///< which of them are lines, and no part of the band
    models::LagUnit m_unit = models::LagUnit::Milliseconds;
    double m_length = 60;           ///< seconds in view
    double m_end = 0;               ///< seconds before now() where the view ends
    std::optional<qint64> m_heldAt; ///< the moment that counts as now
    int m_drawings = 0;
    QTimer m_timer;
    QWidget *m_controls;
    QToolButton *m_more = nullptr;
    QAction *m_hold = nullptr;
    QAction *m_zoomIn = nullptr;
    QAction *m_zoomOut = nullptr;
    QAction *m_live = nullptr;
    QAction *m_export = nullptr;
    LagPlot *m_plot;
    LagLegend *m_legend;
};

} // namespace edgewise::replicationpage
