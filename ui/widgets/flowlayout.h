// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

namespace edgewise::widgets {

/// Puts its items side by side and goes on in the next line where there is no room.
class FlowLayout : public QLayout {
public:
    explicit FlowLayout(QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    int count() const override;
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;

    /// Takes everything out, and deletes all widgets but `kept` once the event loop runs again: a
    /// widget's own button may be what is being clicked.
    void clearAllBut(const QWidget *kept);

    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    /// The height that the items take; moves them only when told.
    int arrange(const QRect &rect, bool move) const;

    QList<QLayoutItem *> m_items;
};

} // namespace edgewise::widgets
