// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/flagedit.h>

#include <QWidget>

class QLabel;
class QPushButton;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class SectionHeader;
}

namespace edgewise::flagspage {

class CardList;

/// The rollouts of a flag in the order in which they are evaluated, and what everyone else gets.
class RolloutSection : public QWidget {
    Q_OBJECT

public:
    explicit RolloutSection(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void showFlag(const FlagContext &context);
    void setProblems(const std::vector<flags::Problem> &problems);
    void setReadOnly(bool readOnly);
    /// Where the tried entity falls, by the id of the rollout.
    void setEntityBuckets(const QHash<QString, int> &buckets);

signals:
    void edited(const edgewise::flagspage::FlagEdit &edit);
    void segmentOpenRequested(const edgewise::SegmentKey &segment);
    /// It is new, and to be seen.
    void revealRequested(QWidget *card);

private:
    void add(int type);

    const theme::Appearance &m_appearance;
    FlagContext m_context;
    bool m_isReadOnly = false;
    widgets::SectionHeader *m_header;
    CardList *m_cards;
    QPushButton *m_addThreshold;
    QPushButton *m_addSegment;
    QLabel *m_otherwise;
};

} // namespace edgewise::flagspage
