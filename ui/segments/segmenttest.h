// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/trace.h>
#include <flags/snapshot.h>
#include <models/contextmodel.h>

#include <QWidget>

class QLabel;
class QTableView;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class LineField;
}

namespace edgewise::segmentspage {

/// Asks whether a segment matches an entity with a context, by the same evaluation that Flipt does.
class SegmentTest : public QWidget {
    Q_OBJECT

public:
    explicit SegmentTest(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// Keeps entity and context from segment to segment.
    void setSegment(const std::shared_ptr<const flags::Segment> &segment);

signals:
    /// The verdict on each constraint; nothing before anything is asked.
    void tried(const std::optional<edgewise::evaluation::SegmentTrace> &trace);

private:
    void ask();

    const theme::Appearance &m_appearance;
    std::shared_ptr<const flags::Segment> m_segment;
    widgets::LineField *m_entity;
    models::ContextModel *m_context;
    QTableView *m_table;
    QLabel *m_answer;
};

/// What evaluating the segment alone finds.
evaluation::SegmentTrace trySegment(const flags::Segment &segment, const QString &entity,
                                    const models::ContextModel::Context &context);

} // namespace edgewise::segmentspage
