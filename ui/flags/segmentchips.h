// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QWidget>

class QLineEdit;
class QStandardItemModel;
class QToolButton;

namespace edgewise::theme {
class Appearance;
}
namespace edgewise::widgets {
class FlowLayout;
}

namespace edgewise::flagspage {

/// The segments of a rule or rollout as chips joined by AND or OR. A click on a chip opens the
/// segment, its cross takes it out; the line at the end adds one by key or name; a click on AND or
/// OR turns it into the other.
class SegmentChips : public QWidget {
    Q_OBJECT

public:
    explicit SegmentChips(const theme::Appearance &appearance, QWidget *parent = nullptr);

    /// `nameSpace` tells which segments there are; it may be null.
    void setSegments(const std::vector<SegmentKey> &segments, int segmentOperator,
                     const std::shared_ptr<const flags::Namespace> &nameSpace);
    void setReadOnly(bool readOnly);
    void focusAdd();
    QString sentence() const; ///< "beta AND eu", or that there is none

signals:
    void edited(const std::vector<edgewise::SegmentKey> &segments, int segmentOperator);
    void openRequested(const edgewise::SegmentKey &segment);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeChip(const SegmentKey &segment, bool exists);
    void rebuild();
    void offerSegments();
    void add(const QString &key);
    void addTyped();
    void remove(const SegmentKey &segment);

    const theme::Appearance &m_appearance;
    std::vector<SegmentKey> m_segments;
    int m_operator = flags::OrOperator;
    std::shared_ptr<const flags::Namespace> m_nameSpace;
    bool m_isReadOnly = false;
    widgets::FlowLayout *m_flow;
    QStandardItemModel *m_offers;
    QLineEdit *m_add;
};

} // namespace edgewise::flagspage
