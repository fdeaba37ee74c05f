// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <models/changetreemodel.h>

#include <QMap>
#include <QTimer>
#include <QWidget>

#include <map>

class QComboBox;
class QLabel;
class QStackedLayout;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class ChangeView;
class EmptyState;
class StateChip;
} // namespace edgewise::widgets
namespace edgewise::workspace {
class SnapshotFeed;
class Workspace;
} // namespace edgewise::workspace

namespace edgewise::replicationpage {

/// The flags of a replica against the primary's, field by field, as a review shows changes. What is
/// on its way is told from what differs at one and the same frame, and what is late from both.
/// Follows every reading, as long as it can be seen.
class FlagsPane : public QWidget {
    Q_OBJECT

public:
    /// `clock` must outlive the pane.
    FlagsPane(const theme::Appearance &appearance, const Clock &clock, QWidget *parent = nullptr);

    /// Must outlive the pane or be replaced before it goes; null empties the pane.
    void setWorkspace(const workspace::Workspace *workspace);
    void chooseReplica(const QString &text);
    /// How long a change may be on its way to the replica, in nanoseconds; five seconds where
    /// nothing is set.
    void setBudget(const QString &node, std::optional<qint64> nanoseconds);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();
    void compare(const workspace::SnapshotFeed &replica);
    void noteFirstSights(const changes::ChangeSet &changes);
    void tell(const workspace::SnapshotFeed &replica);
    const workspace::SnapshotFeed *replica() const;

    const Clock &m_clock;
    const workspace::Workspace *m_workspace = nullptr;
    models::ChangeTreeModel m_model;
    flags::Snapshot m_here; ///< what was compared last
    flags::Snapshot m_there;
    bool m_isFresh = false;
    QMap<QString, qint64> m_budgets;
    std::map<changes::Address, qint64> m_firstSights; ///< of what differs, steady clock
    QTimer m_tick; ///< what is on its way grows late without a reading
    QComboBox *m_replicas;
    widgets::StateChip *m_state;
    QLabel *m_sentence;
    widgets::EmptyState *m_empty;
    widgets::ChangeView *m_view;
    QStackedLayout *m_stack;
};

} // namespace edgewise::replicationpage
