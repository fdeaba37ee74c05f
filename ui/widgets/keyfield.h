// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace edgewise::widgets {

/// A line for the key of something new, typed as Flipt's own forms let it be typed. Who listens to
/// textEdited finds the key as it stays.
class KeyField : public QLineEdit {
    Q_OBJECT

public:
    explicit KeyField(QWidget *parent = nullptr);

    /// The key is made of what is typed there until it is edited itself, and again once it was
    /// emptied. Who listens to the name's textEdited finds the key made when it connects later.
    void follow(const QLineEdit *name);
    /// Empties the line; the key follows again.
    void startOver();

private:
    bool m_follows = true;
};

} // namespace edgewise::widgets
