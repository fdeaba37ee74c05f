// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <lab/lab.h>

#include <QWidget>

class QLabel;
class QSplitter;
class QStackedLayout;
class QTableView;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class EmptyState;
class MessageBar;
} // namespace edgewise::widgets

namespace edgewise::labpage {

class LogView;
class ProcessModel;

/// The lab's processes, and what one can do to them, so that one can see replication work and fail.
class LabPage : public QWidget {
    Q_OBJECT

public:
    /// `start` starts a lab, where none runs; it and `appearance` must outlive the page.
    LabPage(const theme::Appearance &appearance, QAction *start, QWidget *parent = nullptr);

    /// The lab must outlive the page or be replaced before it goes; null while none runs.
    void setLab(lab::Lab *lab);
    /// Empty while none is chosen.
    QString chosenProcess() const;
    void chooseProcess(const QString &name);

signals:
    /// The lab was asked to end, by the button.
    void stopRequested();

private:
    struct Actions {
        QAction *restart;
        QAction *pause; ///< or resume
        QAction *stop;  ///< or start
        QAction *kill;
        QAction *wipe;
        QAction *remove;
    };

    QAction *makeAction(const QString &name, const QString &text, const QString &icon,
                        const QString &tip);
    void makeActions();
    void updateActions();
    void addReplica();
    void showErrors(const lab::Node &node);
    const lab::Node *chosen() const;

    const theme::Appearance &m_appearance;
    lab::Lab *m_lab = nullptr;
    ProcessModel *m_model;
    QAction *m_add;
    QAction *m_end;
    Actions m_actions;
    QLabel *m_folder;
    QTableView *m_table;
    LogView *m_log;
    widgets::MessageBar *m_message;
    widgets::EmptyState *m_empty;
    QSplitter *m_splitter;
    QStackedLayout *m_stack;
};

} // namespace edgewise::labpage
