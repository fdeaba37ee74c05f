// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/cardlist.h>
#include <flags/movablecard.h>
#include <theme/appearance.h>

#include <QPainter>
#include <QScrollArea>

namespace edgewise::flagspage {

using namespace theme::metrics;

CardList::CardList(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_column(new QVBoxLayout(this))
{
    // Room for the line that shows where a card would go.
    m_column->setContentsMargins(0, 2, 0, 2);
    m_column->setSpacing(grid);
}

MovableCard *CardList::card(const QString &id) const
{
    for (MovableCard *each : m_cards)
        if (each->id() == id)
            return each;
    return nullptr;
}

QList<MovableCard *> CardList::arrange(const QStringList &ids, const Make &make)
{
    QList<MovableCard *> cards;
    for (const QString &id : ids) {
        MovableCard *known = card(id);
        if (known) {
            m_cards.removeOne(known);
        } else {
            known = make(id);
            adopt(known);
        }
        cards.append(known);
    }
    for (MovableCard *gone : std::as_const(m_cards)) {
        // Later: its own button may be what is being clicked.
        m_column->removeWidget(gone);
        gone->hide();
        gone->deleteLater();
    }
    m_cards = cards;
    m_dragged = nullptr;
    for (int i = 0; i < m_cards.size(); ++i) {
        if (m_column->indexOf(m_cards[i]) != i) {
            m_column->removeWidget(m_cards[i]);
            m_column->insertWidget(i, m_cards[i]);
            m_cards[i]->show();
        }
        if (i > 0)
            setTabOrder(m_cards[i - 1], m_cards[i]);
    }
    return m_cards;
}

void CardList::adopt(MovableCard *card)
{
    connect(card, &MovableCard::stepRequested, this, [this, card](int step) {
        const int place = int(m_cards.indexOf(card)) + step;
        if (place >= 0 && place < m_cards.size())
            emit moveRequested(card->id(), place);
    });
    connect(card, &MovableCard::dragged, this, [this, card](int y) { drag(card, y); });
    connect(card, &MovableCard::dropped, this, &CardList::drop);
}

int CardList::placeAt(int y) const
{
    int place = 0;
    for (const MovableCard *each : m_cards)
        place += each->geometry().center().y() < y ? 1 : 0;
    return place;
}

void CardList::drag(MovableCard *card, int globalY)
{
    m_dragged = card;
    const int y = mapFromGlobal(QPoint(0, globalY)).y();
    m_place = placeAt(y);
    // The page follows a drag that leaves it.
    for (QWidget *each = parentWidget(); each; each = each->parentWidget())
        if (auto *area = qobject_cast<QScrollArea *>(each)) {
            area->ensureVisible(0, mapTo(area->widget(), QPoint(0, y)).y(), 0, row);
            break;
        }
    update();
}

void CardList::drop()
{
    MovableCard *card = std::exchange(m_dragged, nullptr);
    update();
    if (!card)
        return;
    const int from = int(m_cards.indexOf(card));
    const int place = m_place > from ? m_place - 1 : m_place;
    if (place != from)
        emit moveRequested(card->id(), place);
}

void CardList::paintEvent(QPaintEvent *)
{
    if (!m_dragged)
        return;
    const int y = m_place < m_cards.size() ? m_cards[m_place]->y() - 2
                                           : m_cards.last()->geometry().bottom() + 2;
    QPainter painter(this);
    painter.setPen(QPen(m_appearance.tokens().accent, 2));
    painter.drawLine(0, std::max(y, 1), width(), std::max(y, 1));
}

} // namespace edgewise::flagspage
