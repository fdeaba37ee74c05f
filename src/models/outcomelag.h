// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/program.h>
#include <evaluation/progress.h>
#include <models/outcomeshare.h>
#include <workspace/workspace.h>

#include <QThreadPool>

#include <memory>
#include <optional>
#include <vector>

namespace edgewise::models {

constexpr qint64 usersAtOnce = 10'000;

/// One comparison of two states; blocks, so not for the GUI thread. The users' contexts hold the
/// values that the segments ask for; fewer than `users` are taken where very many flags differ.
/// Nothing when it was cancelled.
std::optional<OutcomeShare> outcomeShare(const evaluation::Program &primary,
                                         const evaluation::Program &replica,
                                         const flags::Snapshot &snapshot, qint64 users,
                                         evaluation::Progress &progress);

/// The lag of every replica of a workspace in outcomes, renewed with each reading of the primary or
/// of the replica, off the window's thread. GUI thread.
class OutcomeLag : public QObject {
    Q_OBJECT

public:
    /// `workspace` must outlive it.
    explicit OutcomeLag(const workspace::Workspace &workspace, qint64 users = usersAtOnce,
                        QObject *parent = nullptr);
    ~OutcomeLag() override;

    /// By Source::text of the replica; nothing before it was read, and while it does not answer:
    /// what is not known is no number.
    std::optional<OutcomeShare> share(const QString &node) const;

signals:
    void changed(const QString &node);

private:
    struct State;

    void look(int replica);
    void begin(int replica);

    const workspace::Workspace &m_workspace;
    const qint64 m_users;
    std::vector<std::unique_ptr<State>> m_states; ///< of the replicas, in their order
    std::shared_ptr<evaluation::Progress> m_progress;
    QThreadPool m_pool; ///< its end waits for what was cancelled, which is a batch at most
};

} // namespace edgewise::models
