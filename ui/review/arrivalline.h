// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/state.h>

#include <QList>
#include <QVariantAnimation>
#include <QWidget>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::reviewpage {

/// One place that a save travels to.
struct ArrivalStop {
    QString name;
    theme::State state = theme::State::Off;
    QString figure; ///< "+3 ms" once it has arrived, else what is known: "on the way"
    QString why;    ///< for the tool tip

    friend bool operator==(const ArrivalStop &, const ArrivalStop &) = default;
};

/// The journey of the last save as a line: where it was committed, then each node. A stop that has
/// just been reached is highlighted for a moment.
class ArrivalLine : public QWidget {
    Q_OBJECT

public:
    explicit ArrivalLine(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// `committed` opens the line: "committed frame 1,043".
    void setJourney(const QString &committed, const QList<ArrivalStop> &stops);
    const QList<ArrivalStop> &stops() const { return m_stops; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    /// Where each stop stands, the commit first.
    QList<QRect> arrange(int width) const;
    QString textOf(const ArrivalStop &stop) const;

    const theme::Appearance &m_appearance;
    QString m_committed;
    QList<ArrivalStop> m_stops;
    QStringList m_fresh; ///< names of stops reached just now
    QVariantAnimation m_fade;
};

} // namespace edgewise::reviewpage
