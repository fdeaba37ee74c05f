// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/trace.h>
#include <flags/segmentuse.h>
#include <flags/snapshot.h>

#include <QScrollArea>
#include <QTimer>

class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class KeyLabel;
class LineField;
class ProblemLines;
} // namespace edgewise::widgets

namespace edgewise::segmentspage {

class ConstraintCard;
class SegmentTest;

/// One segment: texts, constraints, a try, and where it is used. Each edit is told as a whole new
/// value.
class SegmentEditor : public QScrollArea {
    Q_OBJECT

public:
    explicit SegmentEditor(const theme::Appearance &appearance, QWidget *parent = nullptr);
    ~SegmentEditor() override;

    /// Null shows nothing. `nameSpace` holds the flags that may use it.
    void setSegment(std::shared_ptr<const flags::Segment> segment,
                    std::shared_ptr<const flags::Namespace> nameSpace);
    void setReadOnly(bool readOnly);
    void commit();
    void focusName();

signals:
    /// `label` continues "undo"; edits of one topic in a row are one step.
    void edited(const edgewise::flags::Segment &segment, const QString &label,
                const QString &topic);
    void flagOpenRequested(const edgewise::FlagKey &flag);

private:
    using Edit = std::function<void(flags::Segment &)>;

    void createHead(QVBoxLayout *column);
    void showConstraints();
    void showUses();
    void showProblems();
    void showTrace(const std::optional<evaluation::SegmentTrace> &trace);
    void addConstraint();
    ConstraintCard *makeCard(const ConstraintId &id);
    void apply(const QString &label, const QString &topic, const Edit &edit);

    const theme::Appearance &m_appearance;
    std::shared_ptr<const flags::Segment> m_segment;
    std::shared_ptr<const flags::Namespace> m_nameSpace;
    std::vector<flags::SegmentUse> m_uses;
    bool m_isReadOnly = false;

    QWidget *m_body;
    widgets::KeyLabel *m_key;
    QLabel *m_age;
    widgets::LineField *m_name;
    widgets::LineField *m_description;
    QComboBox *m_match;
    QLabel *m_matchHint;
    widgets::ProblemLines *m_problems;
    QPushButton *m_add;
    QVBoxLayout *m_constraintColumn;
    QList<ConstraintCard *> m_cards;
    SegmentTest *m_test;
    QLabel *m_unused;
    QVBoxLayout *m_useColumn;
    QList<QPushButton *> m_useButtons;
};

} // namespace edgewise::segmentspage
