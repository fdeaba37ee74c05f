// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/state.h>

#include <QWidget>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// A state in one line: shape in its colour, then words. Its width only grows, so that a changing
/// number moves nothing beside it; resetWidth() lets it shrink again.
class StateChip : public QWidget {
    Q_OBJECT

public:
    explicit StateChip(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// `text` is what is shown; `word` the state in a word, for who cannot see the shape. Shown as
    /// the tool tip together with `why`.
    void setState(theme::State state, const QString &text, const QString &word,
                  const QString &why = {});
    theme::State state() const { return m_state; }
    QString text() const { return m_text; }
    void resetWidth();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const theme::Appearance &m_appearance;
    theme::State m_state = theme::State::Off;
    QString m_text;
    int m_textWidth = 0;
};

} // namespace edgewise::widgets
