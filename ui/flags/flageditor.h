// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/flagedit.h>

#include <QHash>
#include <QScrollArea>

namespace edgewise::flags {
struct Problem;
}
namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class ProblemLines;
}

namespace edgewise::flagspage {

class FlagHead;
class MetadataSection;
class RolloutSection;
class RuleSection;
class VariantSection;

/// One flag, a widget an object. Each edit is told as a whole new value; what is typed once typing
/// pauses, and at the latest when the field is left; commit() tells it at once.
class FlagEditor : public QScrollArea {
    Q_OBJECT

public:
    explicit FlagEditor(const theme::Appearance &appearance, QWidget *parent = nullptr);
    ~FlagEditor() override;

    /// Null shows that nothing is chosen. `nameSpace` tells which segments there are, `saved` is
    /// the flag as it is saved; both may be null. Fields in which one types are left alone.
    void setFlag(std::shared_ptr<const flags::Flag> flag,
                 std::shared_ptr<const flags::Namespace> nameSpace = {},
                 std::shared_ptr<const flags::Flag> saved = {});
    std::shared_ptr<const flags::Flag> flag() const { return m_context.flag; }
    /// About this flag; each is shown beside what it concerns.
    void setProblems(const std::vector<flags::Problem> &problems);
    void setReadOnly(bool readOnly);
    /// Where the tried entity falls, by the id of the rule or rollout.
    void setEntityBuckets(const QHash<QString, int> &buckets);
    /// Tells what has been typed and not been told yet.
    void commit();
    void focusName();

signals:
    /// `label` continues "undo"; edits of one topic in a row are one step.
    void edited(const edgewise::flags::Flag &flag, const QString &label, const QString &topic);
    void segmentOpenRequested(const edgewise::SegmentKey &segment);

private:
    void wire();
    void apply(const FlagEdit &edit);
    void reveal(QWidget *widget);

    FlagContext m_context;
    bool m_isReadOnly = false;

    QWidget *m_body;
    FlagHead *m_head;
    widgets::ProblemLines *m_problems;
    VariantSection *m_variants;
    RuleSection *m_rules;
    RolloutSection *m_rollouts;
    MetadataSection *m_metadata;
};

} // namespace edgewise::flagspage
