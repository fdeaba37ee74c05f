// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// Short texts in rounded frames, joined by a word ("beta-users AND eu"); wraps into as many lines
/// as it needs. A text longer than the line is cut in the middle; hovering shows it whole.
class ChipsLine : public QWidget {
    Q_OBJECT

public:
    explicit ChipsLine(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// `joint` stands between two chips; empty for none. `code` writes the chips in the monospaced
    /// face, as keys are.
    void setChips(const QStringList &chips, const QString &joint = {}, bool code = true);
    const QStringList &chips() const { return m_chips; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Piece {
        QRect rect;
        QString text;  ///< as drawn
        QString whole; ///< empty for a joint
    };
    QList<Piece> arrange(int width) const;

    const theme::Appearance &m_appearance;
    QStringList m_chips;
    QString m_joint;
    QFont m_font;
};

} // namespace edgewise::widgets
