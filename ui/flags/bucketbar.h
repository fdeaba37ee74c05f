// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

#include <QWidget>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::flagspage {

/// A run of buckets that get the same answer.
struct BucketRun {
    QString label;   ///< who gets it: "one-page", "on", "no variant"
    int buckets = 0; ///< how many of the bar's total
    int colour = -1; ///< Theme::variant(); negative is the hatch of buckets that get nothing here
};

/// The buckets of a variant flag's rule, 1000 in all, in the order in which Flipt lays them out;
/// what the distributions leave over is the last run. Percentages are cut to buckets as Flipt does
/// (Flipt: legacy_evaluator.go, float32 arithmetic), so 33.34 gets 333.
QList<BucketRun> runsOf(const flags::Rule &rule, const flags::Flag &flag);

/// The 100 buckets of a threshold: those that it decides, and those that it leaves to what follows.
QList<BucketRun> runsOf(const flags::Threshold &threshold);

/// Draws the runs as one bar with their labels over it and the bounds under it. The runs are told
/// in words by the accessible name and the tool tip.
class BucketBar : public QWidget {
    Q_OBJECT

public:
    explicit BucketBar(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// `total` is 1000 or 100.
    void setRuns(const QList<BucketRun> &runs, int total);
    const QList<BucketRun> &runs() const { return m_runs; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRectF rectOf(qsizetype run) const;
    QString sentence(const BucketRun &run, int from) const;
    void drawRun(QPainter &painter, const BucketRun &run, const QRectF &rect) const;

    const theme::Appearance &m_appearance;
    QList<BucketRun> m_runs;
    int m_total = 1000;
};

} // namespace edgewise::flagspage
