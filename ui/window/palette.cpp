// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <window/palette.h>
#include <window/palettemodel.h>

#include <QApplication>
#include <QKeyEvent>
#include <QListView>
#include <QStyledItemDelegate>

namespace edgewise::window {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int paletteWidth = 640;
constexpr int mostRowsShown = 12;

/// Icon and title at the left, the detail after it, the keys at the right end.
class PaletteDelegate : public QStyledItemDelegate {
public:
    PaletteDelegate(const theme::Appearance &appearance, QObject *parent)
        : QStyledItemDelegate(parent), m_appearance(appearance)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width(), row};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const theme::Tokens &tokens = m_appearance.tokens();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, tokens.selection);
        QRect place = option.rect.adjusted(inside, 0, -inside, 0);
        const QRect icon(place.left(), place.center().y() - iconSmall / 2 + 1, iconSmall,
                         iconSmall);
        index.data(Qt::DecorationRole).value<QIcon>().paint(painter, icon);
        place.setLeft(icon.right() + inside);
        const auto draw = [&](const QString &text, const QColor &colour, int flags) {
            painter->setPen(colour);
            const QString shown =
                option.fontMetrics.elidedText(text, Qt::ElideRight, place.width());
            painter->drawText(place, flags | Qt::AlignVCenter | Qt::TextSingleLine, shown);
            return option.fontMetrics.horizontalAdvance(shown);
        };
        const QString keys = index.data(PaletteModel::KeysRole).toString();
        if (!keys.isEmpty())
            place.setRight(place.right() - draw(keys, tokens.secondary, Qt::AlignRight) - inside);
        place.setLeft(place.left() + draw(index.data().toString(), tokens.text, Qt::AlignLeft)
                      + between);
        if (place.width() > between)
            draw(index.data(PaletteModel::DetailRole).toString(), tokens.secondary, Qt::AlignLeft);
    }

private:
    const theme::Appearance &m_appearance;
};

} // namespace

std::optional<int> matchScore(const QStringList &words, std::initializer_list<QStringView> texts)
{
    int score = 0;
    for (const QString &word : words) {
        int best = -1;
        int penalty = 0; // of the text: the first one counts most
        for (const QStringView text : texts) {
            const qsizetype found = text.indexOf(word, 0, Qt::CaseInsensitive);
            if (found >= 0) {
                const bool begins = found == 0 || !text.at(found - 1).isLetterOrNumber();
                const int here = penalty + (found == 0 ? 0 : begins ? 1 : 3);
                best = best < 0 ? here : std::min(best, here);
            }
            penalty += 2;
        }
        if (best < 0)
            return std::nullopt;
        score += best;
    }
    return score;
}

Palette::Palette(const theme::Appearance &appearance, QWidget *window)
    : QFrame(window), m_appearance(appearance), m_model(new PaletteModel(appearance, this)),
      m_query(new QLineEdit(this)), m_list(new QListView(this)), m_nothing(new QLabel(this))
{
    setObjectName(u"palette"_qs);
    setAccessibleName(tr("Search or run"));
    m_query->setObjectName(u"paletteQuery"_qs);
    m_query->setAccessibleName(tr("Search or run"));
    m_query->setPlaceholderText(tr("A flag, a segment, a namespace, or what to do"));
    m_query->setClearButtonEnabled(false);
    m_list->setObjectName(u"paletteList"_qs);
    m_list->setAccessibleName(tr("Found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(appearance, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(NoFrame);
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_nothing->setText(tr("Nothing fits. Fewer letters find more."));
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    m_nothing->setContentsMargins(inside, inside, inside, inside);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(inside, inside, inside, inside);
    column->setSpacing(inside);
    column->addWidget(m_query);
    column->addWidget(m_nothing);
    column->addWidget(m_list);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_query->installEventFilter(this);
    m_list->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_query, &QLineEdit::textChanged, this, &Palette::search);
    connect(m_list, &QListView::clicked, this, &Palette::runCurrent);
    hide();
}

void Palette::open()
{
    if (isHidden())
        m_focusBefore = QApplication::focusWidget();
    m_query->clear();
    search();
    show();
    raise();
    m_query->setFocus(Qt::ShortcutFocusReason);
}

void Palette::search()
{
    const QStringList words = m_query->text().split(u' ', Qt::SkipEmptyParts);
    m_model->setEntries(m_source ? m_source(words) : QList<PaletteEntry>());
    const int count = m_model->rowCount();
    if (count > 0)
        m_list->setCurrentIndex(m_model->index(0));
    m_list->setVisible(count > 0);
    m_nothing->setVisible(count == 0);
    m_list->setFixedHeight(std::min(count, mostRowsShown) * row + 2);
    place();
}

void Palette::place()
{
    const int width = std::min(paletteWidth, parentWidget()->width() - 2 * around);
    resize(width, layout()->heightForWidth(width) > 0 ? layout()->heightForWidth(width)
                                                      : layout()->sizeHint().height());
    move((parentWidget()->width() - width) / 2, 3 * around);
}

void Palette::runCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    const std::function<void()> run = m_model->entry(current.row()).run;
    leave();
    if (run)
        run();
}

void Palette::leave()
{
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus();
}

bool Palette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible())
            place();
        return false;
    }
    if (event->type() == QEvent::FocusOut && isVisible()) {
        const QWidget *next = QApplication::focusWidget();
        if (next && next != this && !isAncestorOf(next))
            hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return false;
    auto *key = static_cast<QKeyEvent *>(event);
    const bool moves = watched == m_query
                       && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down
                           || key->key() == Qt::Key_PageUp || key->key() == Qt::Key_PageDown);
    const bool runs = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    const bool leaves = key->key() == Qt::Key_Escape;
    if (!moves && !runs && !leaves)
        return false;
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // ours before any shortcut of the window
        return true;
    }
    if (moves)
        QCoreApplication::sendEvent(m_list, event);
    else if (runs)
        runCurrent();
    else
        leave();
    return true;
}

void Palette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(m_appearance.tokens().surface);
    painter.setPen(m_appearance.tokens().border);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace edgewise::window
