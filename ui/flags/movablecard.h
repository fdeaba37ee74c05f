// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::flags {
struct Problem;
}
namespace edgewise::widgets {
class ProblemLines;
}

namespace edgewise::flagspage {

class CardHandle;

/// Frame of a rule or a rollout: its number, which is the handle to move it by, the content, and
/// the problems under it. The handle is dragged, or has the focus and takes Up and Down;
/// Alt+Shift+Up and Down move from anywhere in the card.
class MovableCard : public QWidget {
    Q_OBJECT

public:
    /// `id` is the row's.
    MovableCard(const theme::Appearance &appearance, QString id, QWidget *parent = nullptr);

    const QString &id() const { return m_id; }
    /// Counts from 1. `what` is "rule" or "rollout", for the handle's name.
    void setPlace(int number, const QString &what);
    virtual void setReadOnly(bool readOnly);
    void setProblems(const std::vector<flags::Problem> &problems);

signals:
    void stepRequested(int step); ///< -1 is up
    void removeRequested();
    void dragged(int globalY);
    void dropped();

protected:
    QVBoxLayout *content() const { return m_content; }
    const theme::Appearance &appearance() const { return m_appearance; }
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Appearance &m_appearance;
    QString m_id;
    CardHandle *m_handle;
    QVBoxLayout *m_content;
    QToolButton *m_remove;
    widgets::ProblemLines *m_problems;
    QList<QAction *> m_moves;
};

} // namespace edgewise::flagspage
