// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::flagspage {

/// The number of a card and the grip beside it.
class CardHandle : public QWidget {
    Q_OBJECT

public:
    explicit CardHandle(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void setNumber(int number);

signals:
    void stepRequested(int step);
    void dragged(int globalY);
    void dropped();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    const theme::Appearance &m_appearance;
    int m_number = 0;
    QPoint m_pressed;
    bool m_isDragging = false;
};

} // namespace edgewise::flagspage
