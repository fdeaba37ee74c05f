// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace edgewise::theme {
class Appearance;
}

namespace edgewise::flagspage {

class MovableCard;

/// Cards in the order in which they are evaluated. Says where a card shall go; the flag answers
/// with a new order.
class CardList : public QWidget {
    Q_OBJECT

public:
    explicit CardList(const theme::Appearance &appearance, QWidget *parent = nullptr);

    using Make = std::function<MovableCard *(const QString &id)>;
    /// Makes the cards be those of the ids, in their order. Cards that are there stay, with the
    /// focus in them; `make` gives those that are not.
    QList<MovableCard *> arrange(const QStringList &ids, const Make &make);
    MovableCard *card(const QString &id) const; ///< null when there is none

signals:
    /// `place` is the index that the card shall have.
    void moveRequested(const QString &id, int place);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int placeAt(int y) const; ///< where a card dropped there would go, before it is taken out
    void adopt(MovableCard *card);
    void drag(MovableCard *card, int globalY);
    void drop();

    const theme::Appearance &m_appearance;
    QVBoxLayout *m_column;
    QList<MovableCard *> m_cards;
    MovableCard *m_dragged = nullptr;
    int m_place = -1;
};

} // namespace edgewise::flagspage
