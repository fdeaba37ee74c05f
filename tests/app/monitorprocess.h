// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"

#include <QJsonDocument>
#include <QProcess>

namespace edgewise::test {

/// "edgewise-cli monitor", running beside the test, with what it has said of each node.
class Monitor {
public:
    explicit Monitor(const QStringList &nodes)
    {
        m_process.start(cliProgram(),
                        QStringList{QStringLiteral("monitor")} + nodes
                            + QStringList{QStringLiteral("--interval"), QStringLiteral("50")});
        if (!m_process.waitForStarted())
            qFatal("the monitor did not start");
    }
    ~Monitor()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    QProcess &process() { return m_process; }

    const QList<QJsonObject> &samples()
    {
        while (m_process.canReadLine())
            m_samples.append(QJsonDocument::fromJson(m_process.readLine()).object());
        return m_samples;
    }
    /// The newest sample of a node.
    QJsonObject last(const QString &node)
    {
        samples();
        for (auto it = m_samples.crbegin(); it != m_samples.crend(); ++it) {
            if ((*it)[u"node"].toString() == node)
                return *it;
        }
        return {};
    }
    QString state(const QString &node) { return last(node)[u"state"].toString(); }
    /// Whether some sample of the node was in that state.
    bool hasSeen(const QString &node, const QString &state)
    {
        samples();
        return std::any_of(m_samples.begin(), m_samples.end(), [&](const QJsonObject &sample) {
            return sample[u"node"].toString() == node && sample[u"state"].toString() == state;
        });
    }

private:
    QProcess m_process;
    QList<QJsonObject> m_samples;
};

} // namespace edgewise::test
