// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <theme/style.h>

#include <QAbstractItemView>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QSpinBox>
#include <QStyleFactory>
#include <QStyleOption>

namespace edgewise::theme {

using namespace Qt::StringLiterals;

namespace {

QRectF hairline(const QRect &rect)
{
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

/// The shape of a picture in one colour.
QIcon tinted(QPixmap picture, const QColor &colour)
{
    QPainter painter(&picture);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRectF(QPointF(), picture.deviceIndependentSize()), colour);
    painter.end();
    return QIcon(picture);
}

bool has(const QStyleOption &option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

} // namespace

Style::Style(const Appearance &appearance)
    : QProxyStyle(QStyleFactory::create(u"Fusion"_qs)), m_appearance(appearance)
{
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    const Tokens &tokens = m_appearance.tokens();
    switch (element) {
    case PE_PanelButtonCommand:
        return drawButton(*option, painter);
    case PE_PanelButtonTool:
        if (has(*option, State_On) || has(*option, State_Sunken))
            painter->fillRect(option->rect, tokens.selection);
        else if (has(*option, State_MouseOver) && has(*option, State_Enabled))
            painter->fillRect(option->rect, tokens.hover);
        return;
    case PE_PanelLineEdit:
        // A line edit inside a spin or combo box has no frame of its own.
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            drawField(*option, painter);
        return;
    case PE_FrameLineEdit:
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return drawCheck(*option, painter);
    case PE_IndicatorRadioButton:
        return drawRadio(*option, painter);
    case PE_FrameFocusRect:
        // Where whole rows are chosen, the row shows where one is, and the frame who listens.
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget);
            view && view->selectionBehavior() == QAbstractItemView::SelectRows)
            return;
        return drawFocusRing(option->rect, painter);
    case PE_FrameDefaultButton:
    case PE_FrameStatusBarItem:
        return;
    case PE_PanelStatusBar:
        painter->setPen(tokens.border);
        painter->drawLine(option->rect.topLeft(), option->rect.topRight());
        return;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, tokens.surface);
        return;
    case PE_Frame:
        painter->setPen(has(*option, State_HasFocus) ? tokens.accent : tokens.border);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(hairline(option->rect));
        return;
    case PE_FrameTabBarBase:
        painter->setPen(tokens.border);
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    case PE_FrameTabWidget:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    const Tokens &tokens = m_appearance.tokens();
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            button && button->features.testFlag(QStyleOptionButton::DefaultButton)
            && has(*option, State_Enabled)) {
            QStyleOptionButton primary(*button);
            primary.palette.setColor(QPalette::ButtonText, tokens.onAccent);
            if (!primary.icon.isNull())
                primary.icon = tinted(
                    primary.icon.pixmap(primary.iconSize, painter->device()->devicePixelRatioF()),
                    tokens.onAccent);
            QProxyStyle::drawControl(element, &primary, painter, widget);
            return;
        }
        break;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        return drawHeader(*option, painter);
    case CE_HeaderLabel:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            QStyleOptionHeader quiet(*header);
            quiet.state &= ~State_On; // or the titles over a selection would turn bold
            if (quiet.textAlignment.testFlag(Qt::AlignHCenter))
                quiet.textAlignment = Qt::AlignLeft | Qt::AlignVCenter;
            quiet.rect.adjust(metrics::grid, 0, -metrics::grid, 0);
            quiet.palette.setColor(QPalette::ButtonText, tokens.secondary);
            QProxyStyle::drawControl(element, &quiet, painter, widget);
            return;
        }
        break;
    case CE_MenuBarItem:
        return drawMenuBarItem(*option, painter);
    case CE_ProgressBarGroove:
    case CE_ProgressBarContents:
        return drawProgress(element, *option, painter);
    case CE_TabBarTabShape:
        return drawTab(*option, painter);
    case CE_Splitter:
        // A wide handle is the gap between two cards, which have hairlines of their own.
        if (std::min(option->rect.width(), option->rect.height()) < metrics::inside)
            painter->fillRect(option->rect, tokens.border);
        return;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, tokens.ground);
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                               QPainter *painter, const QWidget *widget) const
{
    if (control == CC_ScrollBar)
        return drawScrollBar(*option, painter, widget);
    if (control == CC_ComboBox)
        return drawComboBox(*option, painter, widget);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void Style::drawButton(const QStyleOption &option, QPainter *painter) const
{
    const Tokens &tokens = m_appearance.tokens();
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    const bool enabled = has(option, State_Enabled);
    const bool primary =
        enabled && button && button->features.testFlag(QStyleOptionButton::DefaultButton);
    const bool flat = button && button->features.testFlag(QStyleOptionButton::Flat);
    const bool over = enabled && has(option, State_MouseOver);
    QColor fill = primary ? tokens.accent : enabled ? tokens.surface : tokens.ground;
    if (has(option, State_Sunken) || has(option, State_On))
        fill = primary ? tokens.accent.darker(115) : tokens.selection;
    else if (over)
        fill = primary ? tokens.accent.lighter(110) : tokens.hover;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(primary ? fill : tokens.border);
    painter->setBrush(fill);
    if (!flat || over || has(option, State_Sunken))
        painter->drawRoundedRect(hairline(option.rect), metrics::radius, metrics::radius);
    if (has(option, State_HasFocus) && has(option, State_KeyboardFocusChange)) {
        // On the accent itself the ring would not be seen, so there it is the text's colour.
        painter->setPen(QPen(primary ? tokens.onAccent : tokens.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), 3, 3);
    }
    painter->restore();
}

void Style::drawField(const QStyleOption &option, QPainter *painter) const
{
    const Tokens &tokens = m_appearance.tokens();
    const bool focus = has(option, State_HasFocus);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(focus ? tokens.accent : tokens.border, focus ? 2 : 1));
    painter->setBrush(has(option, State_Enabled) && !has(option, State_ReadOnly) ? tokens.surface
                                                                                 : tokens.ground);
    painter->drawRoundedRect(focus ? QRectF(option.rect).adjusted(1, 1, -1, -1)
                                   : hairline(option.rect),
                             metrics::radius, metrics::radius);
    painter->restore();
}

void Style::drawCheck(const QStyleOption &option, QPainter *painter) const
{
    const Tokens &tokens = m_appearance.tokens();
    const bool on = has(option, State_On);
    const bool partly = has(option, State_NoChange);
    const QColor fill =
        (on || partly) && has(option, State_Enabled) ? tokens.accent : tokens.surface;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(on || partly ? fill : tokens.secondary);
    painter->setBrush(fill);
    painter->drawRoundedRect(hairline(option.rect), 3, 3);
    painter->restore();
    const QColor mark = has(option, State_Enabled) ? tokens.onAccent : tokens.secondary;
    if (on)
        m_appearance.drawIcon(painter, option.rect, u"check"_qs, mark);
    else if (partly)
        painter->fillRect(option.rect.adjusted(4, option.rect.height() / 2 - 1, -4,
                                               -option.rect.height() / 2 + 1),
                          mark);
}

void Style::drawRadio(const QStyleOption &option, QPainter *painter) const
{
    const Tokens &tokens = m_appearance.tokens();
    const bool on = has(option, State_On);
    const QColor ink = has(option, State_Enabled) ? tokens.accent : tokens.secondary;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(on ? ink : tokens.secondary);
    painter->setBrush(tokens.surface);
    painter->drawEllipse(hairline(option.rect));
    if (on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink);
        painter->drawEllipse(QRectF(option.rect).adjusted(4, 4, -4, -4));
    }
    painter->restore();
}

void Style::drawFocusRing(const QRect &rect, QPainter *painter) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(m_appearance.tokens().accent, 1.5));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 3, 3);
    painter->restore();
}

void Style::drawHeader(const QStyleOption &option, QPainter *painter) const
{
    const Tokens &tokens = m_appearance.tokens();
    painter->fillRect(option.rect, has(option, State_MouseOver) && has(option, State_Enabled)
                                       ? tokens.hover
                                       : tokens.ground);
    painter->setPen(tokens.border);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
}

void Style::drawMenuBarItem(const QStyleOption &option, QPainter *painter) const
{
    const Tokens &tokens = m_appearance.tokens();
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(&option);
    if (!item)
        return;
    painter->fillRect(option.rect, has(option, State_Selected) ? tokens.hover : tokens.ground);
    int flags = Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip | Qt::TextSingleLine;
    if (!proxy()->styleHint(SH_UnderlineShortcut, &option))
        flags |= Qt::TextHideMnemonic;
    painter->setPen(has(option, State_Enabled) ? tokens.text : tokens.secondary);
    painter->drawText(option.rect, flags, item->text);
}

void Style::drawProgress(ControlElement element, const QStyleOption &option,
                         QPainter *painter) const
{
    const Tokens &tokens = m_appearance.tokens();
    const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(&option);
    if (!bar)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRectF rect = hairline(option.rect);
    if (element == CE_ProgressBarGroove) {
        painter->setPen(tokens.border);
        painter->setBrush(tokens.surface);
    } else {
        const int range = std::max(bar->maximum - bar->minimum, 1);
        rect.setWidth(rect.width() * (bar->progress - bar->minimum) / range);
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens.selection);
    }
    painter->drawRoundedRect(rect, metrics::radius, metrics::radius);
    painter->restore();
}

void Style::drawTab(const QStyleOption &option, QPainter *painter) const
{
    const Tokens &tokens = m_appearance.tokens();
    if (has(option, State_MouseOver) && !has(option, State_Selected))
        painter->fillRect(option.rect.adjusted(0, 0, 0, -1), tokens.hover);
    painter->setPen(tokens.border);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (has(option, State_Selected))
        painter->fillRect(
            QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2),
            tokens.accent);
}

void Style::drawScrollBar(const QStyleOptionComplex &option, QPainter *painter,
                          const QWidget *widget) const
{
    const Tokens &tokens = m_appearance.tokens();
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(&option);
    painter->fillRect(option.rect, tokens.surface);
    if (!slider || slider->minimum >= slider->maximum)
        return;
    const QRect handle = proxy()->subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget);
    const bool active = option.activeSubControls.testFlag(SC_ScrollBarSlider)
                        && (has(option, State_MouseOver) || has(option, State_Sunken));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(active ? tokens.secondary : tokens.border);
    painter->drawRoundedRect(QRectF(handle).adjusted(3, 3, -3, -3), 3, 3);
    painter->restore();
}

void Style::drawComboBox(const QStyleOptionComplex &option, QPainter *painter,
                         const QWidget *widget) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(&option);
    if (!combo)
        return;
    QStyleOption field(option);
    if (combo->frame) {
        if (!combo->editable && has(option, State_MouseOver) && has(option, State_Enabled))
            field.state &= ~State_ReadOnly;
        drawField(field, painter);
    }
    const QRect arrow = proxy()->subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, widget);
    QRect icon(0, 0, metrics::iconSmall, metrics::iconSmall);
    icon.moveCenter(arrow.center());
    m_appearance.drawIcon(painter, icon, u"chevron-down"_qs, m_appearance.tokens().secondary);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return metrics::iconSmall;
    case PM_ToolBarIconSize:
        return metrics::iconLarge;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return metrics::inside;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return metrics::around;
    case PM_ScrollBarExtent:
        return 12;
    case PM_SplitterWidth:
        return 1;
    case PM_DefaultFrameWidth:
        // Menus and fields keep Fusion's inset; a view's frame is one hairline.
        return 1;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
        return 0;
    case PM_TabBarTabOverlap:
        return 0;
    case PM_FocusFrameHMargin:
        return metrics::inside - 1; // left and right of an item's text
    case PM_HeaderMargin:
        return metrics::grid;
    case PM_ToolBarItemSpacing:
        return metrics::grid;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option,
                            const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents)
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            return rect.adjusted(metrics::grid, 0, -metrics::grid, 0);
    return rect;
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                            SubControl subControl, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subControlRect(control, option, subControl, widget);
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField)
        return rect.adjusted(metrics::grid, 0, 0, 0);
    return rect;
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        result += QSize(metrics::between, 0);
        [[fallthrough]];
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        result.setHeight(std::max(result.height(), metrics::row));
        break;
    case CT_ToolButton:
        result = result.expandedTo({metrics::row, metrics::row});
        break;
    case CT_HeaderSection:
        result += QSize(2 * metrics::grid, 0);
        result.setHeight(std::max(result.height(), metrics::row));
        break;
    case CT_MenuBarItem:
        result += QSize(metrics::inside, 0);
        result.setHeight(std::max(result.height(), metrics::row));
        break;
    case CT_TabBarTab:
        result += QSize(metrics::inside, metrics::grid);
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
            item && item->menuItemType != QStyleOptionMenuItem::Separator)
            result.setHeight(std::max(result.height(), metrics::row));
        break;
    default:
        break;
    }
    return result;
}

} // namespace edgewise::theme
