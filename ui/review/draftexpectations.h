// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/statelistmodel.h>

#include <QWidget>

class QCheckBox;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class ExpectationView;
}

namespace edgewise::reviewpage {

/// Whether the draft meets a file of golden expectations; where somebody wants that, it says why
/// the draft must not be saved. A file that was opened once is wanted until it is let go.
class DraftExpectations : public QWidget {
    Q_OBJECT

public:
    /// `states` must outlive it; the id is the draft's.
    DraftExpectations(const theme::Appearance &appearance, models::StateListModel &states,
                      const QString &draftState, QWidget *parent = nullptr);

    widgets::ExpectationView *view() const { return m_view; }
    /// Why the draft must not be saved, to go on a sentence: "2 of 14 expectations are not met".
    /// Empty when nothing stands against it; while the answer is not known yet, that is said.
    QString objection() const;

signals:
    void objectionChanged(const QString &why);

private:
    void takePrograms();
    void judge();

    models::StateListModel &m_states;
    const QString m_draftState;
    widgets::ExpectationView *m_view;
    QCheckBox *m_blocks;
    QString m_objection; ///< what was said last
};

} // namespace edgewise::reviewpage
