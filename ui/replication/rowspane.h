// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/rowdifferencemodel.h>
#include <replication/livetablediff.h>
#include <replication/nodesample.h>

#include <QTime>
#include <QTimer>
#include <QWidget>

class QBoxLayout;
class QCheckBox;
class QLineEdit;
class QToolButton;
class QComboBox;
class QLabel;
class QStackedLayout;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class BusyIndicator;
class EmptyState;
class MessageBar;
} // namespace edgewise::widgets

namespace edgewise::replicationpage {

class SideBySide;

/// A node whose rows can be read.
struct RowSource {
    QString name; ///< for people
    QString text; ///< in its samples
    store::Connection *connection = nullptr;
};

/// One table of the primary beside that of a replica, compared again whenever one of them moved,
/// as long as it can be seen.
class RowsPane : public QWidget {
    Q_OBJECT

public:
    explicit RowsPane(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// The primary, then the replicas. The connections must outlive the pane or be replaced.
    void setSources(const QList<RowSource> &sources);
    void take(const replication::NodeSample &sample);
    void chooseReplica(const QString &text);
    models::RowDifferenceModel &model() { return m_model; }

signals:
    /// Both sides were read exactly, at one position of one log.
    void contentChecked(const QString &node, const edgewise::replication::ContentCheck &check);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QToolButton *stepButton(int direction);
    void readTables();
    void setTables(const QList<store::TableInfo> &tables);
    void chooseTarget();
    void refreshSoon();
    void refresh();
    void show(const replication::LiveTableDiff::Found &found);
    void showError(const Error &error);
    void updateTitles();
    void arrangeLine();
    QString countsText() const;
    bool isReachable(const RowSource &source) const;
    QString titleOf(const RowSource &source) const;
    const RowSource *replica() const;

    const theme::Appearance &m_appearance;
    QList<RowSource> m_sources;
    QHash<QString, replication::NodeSample> m_samples;
    models::RowDifferenceModel m_model;
    replication::LiveTableDiff m_diff;
    QTimer m_delay;
    bool m_stale = true; ///< something moved while it could not be seen
    bool m_isCut = false;
    QTime m_comparedAt;
    int m_generation = 0; ///< of the sources, to drop late answers
    QComboBox *m_tables;
    QComboBox *m_replicas;
    QCheckBox *m_onlyDifferences;
    QLineEdit *m_filter;
    QLabel *m_counts;
    widgets::BusyIndicator *m_busy;
    widgets::MessageBar *m_message;
    widgets::EmptyState *m_empty;
    SideBySide *m_sides;
    QBoxLayout *m_line; ///< what is chosen, and beside or below it the counts
    QStackedLayout *m_stack;
};

} // namespace edgewise::replicationpage
