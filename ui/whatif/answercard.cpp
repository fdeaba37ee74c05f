// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <whatif/answercard.h>

namespace edgewise::whatifpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr qsizetype attachmentShown = 400; ///< characters
constexpr int changedEdge = 3;             ///< pixels

QLabel *label(QWidget *parent, const QString &name, const QFont &font)
{
    auto *made = new QLabel(parent);
    made->setObjectName(name);
    made->setFont(font);
    made->setTextFormat(Qt::PlainText);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    made->setWordWrap(true);
    made->setMinimumWidth(0);
    return made;
}

} // namespace

AnswerCard::AnswerCard(const theme::Appearance &appearance, QWidget *parent)
    : QFrame(parent), m_appearance(appearance)
{
    using theme::TextSize;
    m_name = label(this, u"answerName"_qs, theme::textFont(TextSize::Small, QFont::DemiBold));
    m_name->setForegroundRole(QPalette::PlaceholderText);
    m_answer = label(this, u"answer"_qs, theme::textFont(TextSize::Title, QFont::DemiBold));
    m_conclusion = label(this, u"conclusion"_qs, theme::textFont());
    m_attachment = label(this, u"attachment"_qs, theme::codeFont());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(between, inside, between, inside);
    column->setSpacing(grid);
    for (QLabel *each : {m_name, m_answer, m_conclusion, m_attachment})
        column->addWidget(each);
    column->addStretch();
}

QString AnswerCard::answerOf(const evaluation::Trace &trace)
{
    if (trace.status == 404)
        return tr("no such flag");
    if (trace.status != 200)
        return tr("refused");
    if (trace.isBoolean)
        return trace.value ? tr("true") : tr("false");
    return trace.variantKey.isEmpty() ? tr("no variant") : trace.variantKey;
}

void AnswerCard::setAnswer(const QString &name, const evaluation::Trace &trace, bool differs)
{
    m_differs = differs;
    m_name->setText(differs ? tr("%1 — differs").arg(name) : name);
    m_answer->setText(answerOf(trace));
    m_conclusion->setText(trace.conclusion);
    const QString &attachment = trace.variantAttachment;
    m_attachment->setText(attachment.size() > attachmentShown
                              ? attachment.first(attachmentShown) + u'…'
                              : attachment);
    m_attachment->setToolTip(attachment.size() > attachmentShown ? attachment.first(2000)
                                                                 : QString());
    m_attachment->setVisible(!attachment.isEmpty());
    setAccessibleName(name + u": "_qs + answerOf(trace) + u". "_qs + trace.conclusion);
    update();
}

void AnswerCard::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = m_appearance.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.border);
    painter.setBrush(tokens.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    if (m_differs)
        painter.fillRect(QRect(0, radius, changedEdge, height() - 2 * radius), tokens.accent);
}

} // namespace edgewise::whatifpage
