// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/rebase.h>

#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;
class QScrollArea;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::changes {
class Naming;
}

namespace edgewise::reviewpage {

/// What somebody else saved meanwhile and the draft says otherwise: a line each with what it was,
/// what they made of it and what I made of it, and the choice between the two.
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
    void addLine(size_t index, const changes::Conflict &conflict, const changes::Naming &naming);
    QLabel *addCell(QWidget *sheet, int row, int column, const QString &text);
    void chooseAll(bool mine);

    const theme::Appearance &m_appearance;
    QLabel *m_title;
    QPushButton *m_allTheirs;
    QPushButton *m_allMine;
    QScrollArea *m_area;
    QGridLayout *m_grid = nullptr;
    size_t m_count = 0;
};

} // namespace edgewise::reviewpage
