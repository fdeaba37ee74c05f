// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/rebase.h>

#include <QWidget>

class QVBoxLayout;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::reviewpage {

/// What somebody else saved meanwhile and the draft says otherwise, one below the other, each with
/// the choice between theirs and mine.
class ConflictList : public QWidget {
    Q_OBJECT

public:
    explicit ConflictList(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// `before` and `after` name the objects. Hidden when there is none.
    void setConflicts(const std::vector<changes::Conflict> &conflicts,
                      const flags::Snapshot &before, const flags::Snapshot &after);

signals:
    void mineChosen(size_t conflict);
    void theirsChosen(size_t conflict);

private:
    QWidget *rowOf(size_t index, const QString &sentence);

    const theme::Appearance &m_appearance;
    QVBoxLayout *m_column;
};

} // namespace edgewise::reviewpage
