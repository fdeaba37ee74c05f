// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <window/navigation.h>

#include <QStyledItemDelegate>

namespace edgewise::window {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

enum Role { IdRole = Qt::UserRole, IconNameRole, BadgeRole, TitleRole };

constexpr int entryHeight = 32;
constexpr int navigationWidth = 168;

/// Icon, title, badge; the chosen entry carries a bar in the accent.
class EntryDelegate : public QStyledItemDelegate {
public:
    EntryDelegate(const theme::Appearance &appearance, QObject *parent)
        : QStyledItemDelegate(parent), m_appearance(appearance)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {navigationWidth, entryHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const theme::Tokens &tokens = m_appearance.tokens();
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        if (chosen)
            painter->fillRect(option.rect, tokens.selection);
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(option.rect, tokens.hover);
        if (chosen)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())),
                              tokens.accent);
        QRect icon(option.rect.left() + between, 0, iconLarge, iconLarge);
        icon.moveTop(option.rect.center().y() - iconLarge / 2 + 1);
        m_appearance.drawIcon(painter, icon, index.data(IconNameRole).toString(),
                              chosen ? tokens.accent : tokens.secondary);
        QRect text = option.rect.adjusted(between + iconLarge + inside, 0, -between, 0);
        if (const int badge = index.data(BadgeRole).toInt(); badge > 0)
            text.setRight(drawBadge(painter, text, badge));
        painter->setFont(
            theme::textFont(theme::TextSize::Body, chosen ? QFont::DemiBold : QFont::Normal));
        painter->setPen(tokens.text);
        painter->drawText(text, Qt::AlignVCenter | Qt::TextSingleLine,
                          index.data(TitleRole).toString());
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(tokens.accent);
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
    }

private:
    /// Returns where the title must end.
    int drawBadge(QPainter *painter, const QRect &room, int number) const
    {
        const theme::Tokens &tokens = m_appearance.tokens();
        const QString text = QLocale().toString(number);
        const QFont font = theme::textFont(theme::TextSize::Small, QFont::DemiBold);
        const int badgeWidth =
            std::max(18, QFontMetrics(font).horizontalAdvance(text) + 2 * grid + 2);
        QRect badge(room.right() - badgeWidth, room.center().y() - 8, badgeWidth, 18);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens.accent);
        painter->drawRoundedRect(badge, 9, 9);
        painter->setFont(font);
        painter->setPen(tokens.onAccent);
        painter->drawText(badge, Qt::AlignCenter, text);
        painter->restore();
        return badge.left() - grid;
    }

    const theme::Appearance &m_appearance;
};

} // namespace

Navigation::Navigation(const theme::Appearance &appearance, QWidget *parent) : QListWidget(parent)
{
    setObjectName(u"navigation"_qs);
    setAccessibleName(tr("Pages"));
    setItemDelegate(new EntryDelegate(appearance, this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setFixedWidth(navigationWidth);
    setUniformItemSizes(true);
    connect(this, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item)
            emit chosen(item->data(IdRole).toString());
    });
}

void Navigation::addEntry(const Page &page)
{
    auto *item = new QListWidgetItem;
    item->setData(IdRole, page.id);
    item->setData(IconNameRole, page.iconName);
    item->setData(TitleRole, page.title);
    item->setData(Qt::AccessibleTextRole, page.title);
    item->setToolTip(tr("%1 (Ctrl+%2)").arg(page.title).arg(count() + 1));
    const QSignalBlocker blocker(this);
    addItem(item);
}

QListWidgetItem *Navigation::entry(const QString &id) const
{
    for (int i = 0; i < count(); ++i)
        if (item(i)->data(IdRole).toString() == id)
            return item(i);
    return nullptr;
}

void Navigation::select(const QString &id)
{
    setCurrentItem(entry(id));
}

QString Navigation::selected() const
{
    return currentItem() ? currentItem()->data(IdRole).toString() : QString();
}

void Navigation::setBadge(const QString &id, int number)
{
    QListWidgetItem *item = entry(id);
    if (!item || item->data(BadgeRole).toInt() == number)
        return;
    item->setData(BadgeRole, number);
    const QString title = item->data(TitleRole).toString();
    item->setData(Qt::AccessibleTextRole,
                  number > 0 ? title + u' ' + QLocale().toString(number) : title);
}

QSize Navigation::sizeHint() const
{
    return {navigationWidth, entryHeight * std::max(count(), 1)};
}

} // namespace edgewise::window
