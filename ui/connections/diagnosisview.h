// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <workspace/diagnosis.h>

#include <QTreeWidget>

#include <memory>
#include <vector>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::connections {

/// What was found out about every node and Flipt of a connection, a line each step.
class DiagnosisView : public QTreeWidget {
    Q_OBJECT

public:
    DiagnosisView(const theme::Appearance &appearance, const Clock &clock,
                  QWidget *parent = nullptr);
    ~DiagnosisView() override;

    /// In place of an earlier test. The first node is the primary.
    void test(const QList<workspace::Workspace::Node> &nodes,
              const QList<workspace::FliptFeed::Address> &flipts);
    bool isBusy() const { return m_open > 0; }

signals:
    /// `failed` of what was looked at.
    void finished(int failed);

private:
    QTreeWidgetItem *addNode(const QString &name);
    void addLine(QTreeWidgetItem *node, workspace::Finding::Verdict verdict, const QString &what,
                 const QString &words);
    void testFlipt(const workspace::FliptFeed::Address &address);
    void closeOne();

    const theme::Appearance &m_appearance;
    const Clock &m_clock;
    std::vector<std::unique_ptr<workspace::Diagnosis>> m_diagnoses;
    std::vector<std::unique_ptr<workspace::FliptFeed>> m_flipts;
    int m_open = 0; ///< nodes and Flipts that are not finished
    int m_failed = 0;
};

} // namespace edgewise::connections
