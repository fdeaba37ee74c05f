// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/variantlist.h>
#include <theme/appearance.h>

#include <QGridLayout>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

/// The variant's colour as it appears in every drawing.
class Swatch : public QWidget {
public:
    Swatch(const theme::Appearance &appearance, int index, QWidget *parent)
        : QWidget(parent), m_appearance(appearance), m_index(index)
    {
        setFixedSize(between, between);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(m_appearance.tokens().border);
        painter.setBrush(m_appearance.theme().variant(m_index));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }

private:
    const theme::Appearance &m_appearance;
    int m_index;
};

/// One line that gives way when there is no room.
class ElidedLabel : public QWidget {
public:
    ElidedLabel(QString text, const QFont &font, QPalette::ColorRole role, QWidget *parent)
        : QWidget(parent), m_text(std::move(text)), m_role(role)
    {
        setFont(font);
        setToolTip(m_text.size() > 2000 ? m_text.left(2000) + u'…' : m_text);
        setAccessibleName(m_text);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override
    {
        return {std::min(fontMetrics().horizontalAdvance(m_text.left(200)) + 2, 240), compactRow};
    }
    QSize minimumSizeHint() const override
    {
        return {std::min(sizeHint().width(), m_least), compactRow};
    }
    /// Shorter than this only where the text is.
    ElidedLabel *atLeast(int width)
    {
        m_least = width;
        return this;
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(palette().color(m_role));
        painter.drawText(
            rect(), Qt::AlignVCenter | Qt::TextSingleLine,
            fontMetrics().elidedText(m_text.left(2000).simplified(), Qt::ElideRight, width()));
    }

private:
    QString m_text;
    QPalette::ColorRole m_role;
    int m_least = 24;
};

} // namespace

VariantList::VariantList(const theme::Appearance &appearance, const flags::Flag &flag,
                         QWidget *parent)
    : QWidget(parent)
{
    auto *lines = new QGridLayout(this);
    lines->setContentsMargins(inside, 0, 0, 0);
    lines->setHorizontalSpacing(between);
    lines->setVerticalSpacing(0);
    const QFont code = theme::codeFont();
    for (size_t i = 0; i < flag.variants.size(); ++i) {
        const flags::Variant &variant = flag.variants[i];
        const int row = static_cast<int>(i);
        lines->addWidget(new Swatch(appearance, row, this), row, 0);
        lines->addWidget(
            (new ElidedLabel(variant.key, code, QPalette::WindowText, this))->atLeast(120), row, 1);
        lines->addWidget(
            (new ElidedLabel(variant.name, font(), QPalette::WindowText, this))->atLeast(60), row,
            2);
        if (flag.defaultVariant && *flag.defaultVariant == variant.id)
            lines->addWidget(
                (new ElidedLabel(tr("default"), font(), QPalette::Link, this))->atLeast(80), row,
                3);
        if (variant.attachment)
            lines->addWidget(
                new ElidedLabel(*variant.attachment, code, QPalette::PlaceholderText, this), row,
                4);
    }
    lines->setColumnStretch(1, 2);
    lines->setColumnStretch(2, 2);
    lines->setColumnStretch(4, 2);
}

} // namespace edgewise::flagspage
