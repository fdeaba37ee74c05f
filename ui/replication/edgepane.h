// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <workspace/edgemeasure.h>

#include <QWidget>

#include <functional>

class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;
class QStandardItemModel;
class QTableView;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class BusyIndicator;
}

namespace edgewise::replicationpage {

/// How long evaluations take at the edge, and from which distance on that is faster than a Flipt on
/// an RDBMS: measured, with the reader's own distance.
class EdgePane : public QWidget {
    Q_OBJECT

public:
    /// Makes a measurement that has not been started, of the Flipts and flags that are open.
    using Make = std::function<std::unique_ptr<workspace::EdgeMeasure>()>;

    explicit EdgePane(const theme::Appearance &appearance, QWidget *parent = nullptr);
    ~EdgePane() override;

    void setMake(Make make);

private:
    void measure();
    void showFigures();
    void conclude();

    Make m_make;
    std::unique_ptr<workspace::EdgeMeasure> m_measure;
    bool m_isDone = false;
    QPushButton *m_button;
    widgets::BusyIndicator *m_busy;
    QSlider *m_slider;
    QDoubleSpinBox *m_distance;
    QLabel *m_sentence;
    QStandardItemModel *m_figures;
    QTableView *m_table;
};

} // namespace edgewise::replicationpage
