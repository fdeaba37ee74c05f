// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace edgewise::theme {

class Appearance;

/// Fusion without gradients and bevels: flat fields and buttons with one hairline, one accent for
/// the default button, a focus ring that is always visible. Colours are read while painting.
class Style : public QProxyStyle {
    Q_OBJECT

public:
    explicit Style(const Appearance &appearance);

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                         SubControl subControl, const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;

private:
    void drawButton(const QStyleOption &option, QPainter *painter) const;
    void drawField(const QStyleOption &option, QPainter *painter) const;
    void drawCheck(const QStyleOption &option, QPainter *painter) const;
    void drawRadio(const QStyleOption &option, QPainter *painter) const;
    void drawFocusRing(const QRect &rect, QPainter *painter) const;
    void drawHeader(const QStyleOption &option, QPainter *painter) const;
    void drawMenuBarItem(const QStyleOption &option, QPainter *painter) const;
    void drawProgress(ControlElement element, const QStyleOption &option, QPainter *painter) const;
    void drawTab(const QStyleOption &option, QPainter *painter) const;
    void drawScrollBar(const QStyleOptionComplex &option, QPainter *painter,
                       const QWidget *widget) const;
    void drawComboBox(const QStyleOptionComplex &option, QPainter *painter,
                      const QWidget *widget) const;

    const Appearance &m_appearance;
};

} // namespace edgewise::theme
