// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::widgets {

/// A key or id in the monospaced face, cut in the middle where there is no room, with a button that
/// copies all of it.
class KeyLabel : public QWidget {
    Q_OBJECT

public:
    explicit KeyLabel(const theme::Appearance &appearance, QWidget *parent = nullptr);

    void setKey(const QString &key);
    QString key() const { return m_key; }
    QSize sizeHint() const override;

public slots:
    /// To the clipboard.
    void copy();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont m_font;
    QString m_key;
    QToolButton *m_copy;
};

} // namespace edgewise::widgets
