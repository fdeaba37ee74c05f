// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/buckets.h>

#include <QWidget>

#include <optional>

class QSpinBox;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// The buckets of a rule with boundaries that can be moved: dragged, by the arrow keys, or typed.
/// Under the bar stands the saved layout, thin, with the buckets marked that the edit moves; over
/// it a tick where the tried entity falls. Up and Down choose the boundary, Left and Right move it
/// by one bucket, with Shift by ten, Home and End as far as it goes; Return types it.
class BucketRuler : public QWidget {
    Q_OBJECT

public:
    /// How a range is shown: who gets it, and Theme::variant().
    struct Look {
        QString label;
        int colour = -1;
    };

    explicit BucketRuler(const theme::Appearance &appearance, QWidget *parent = nullptr);
    ~BucketRuler() override;

    /// `looks` has one for each range. The current boundary stays where there still is one.
    void setBuckets(const evaluation::BucketLayout &layout, const QList<Look> &looks);
    /// What is saved, to compare with; nothing when there is nothing to compare.
    void setSaved(const std::optional<evaluation::BucketLayout> &saved);
    /// The bucket of the tried entity; -1 for none.
    void setEntityBucket(int bucket);
    /// What becomes of the buckets past the last range; "no variant" unless told.
    void setUnmatchedLabel(const QString &label);
    void setReadOnly(bool readOnly);

    const evaluation::BucketLayout &buckets() const { return m_layout; }
    /// Boundary i is the end of range i.
    int boundaryCount() const { return int(m_layout.ranges.size()); }
    int currentBoundary() const { return m_current; }
    void setCurrentBoundary(int boundary);
    /// Clamped to the neighbours' boundaries; emits boundaryMoved() when it moves.
    void moveBoundary(int boundary, int end);
    int lowestEnd(int boundary) const;
    int highestEnd(int boundary) const;
    /// One sentence on a range or, past the last, on the buckets that nobody gets.
    QString sentence(int range) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// At each step of a drag; buckets() has it already.
    void boundaryMoved(int boundary, int end);
    /// A drag has ended, a key or a typed number has been taken: worth an undo step.
    void edited();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    double xOf(int bucket) const;
    int bucketAt(double x) const;
    int boundaryAt(const QPoint &position) const;
    QRectF barRect() const;
    void paintRanges(QPainter &painter) const;
    void paintBounds(QPainter &painter) const;
    void paintSaved(QPainter &painter) const;
    void paintHandles(QPainter &painter) const;
    void openEditor();
    void takeTyped();
    void tell();

    const theme::Appearance &m_appearance;
    evaluation::BucketLayout m_layout;
    QList<Look> m_looks;
    QString m_unmatchedLabel = tr("no variant");
    std::optional<evaluation::BucketLayout> m_saved;
    int m_entity = -1;
    int m_current = -1;
    bool m_readOnly = false;
    bool m_dragging = false;
    int m_dragStart = 0; ///< the boundary's end when the drag began
    double m_grip = 0;   ///< pixels from the boundary to where it was taken hold of
    QSpinBox *m_editor;  ///< over the boundary that is being typed
};

} // namespace edgewise::widgets
