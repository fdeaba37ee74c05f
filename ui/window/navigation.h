// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <window/page.h>

#include <QListWidget>

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::window {

/// The list of pages at the left edge.
class Navigation : public QListWidget {
    Q_OBJECT

public:
    explicit Navigation(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void addEntry(const Page &page);
    void select(const QString &id);
    QString selected() const;
    /// A number at the end of the entry; 0 shows none.
    void setBadge(const QString &id, int number);

    QSize sizeHint() const override;

signals:
    void chosen(const QString &id);

private:
    QListWidgetItem *entry(const QString &id) const;
};

} // namespace edgewise::window
