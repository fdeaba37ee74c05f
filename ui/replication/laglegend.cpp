// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/nodetablemodel.h>
#include <replication/judge.h>
#include <replication/laglegend.h>
#include <theme/appearance.h>

#include <QLocale>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using models::LagUnit;

LagLegend::LagLegend(const theme::Appearance &appearance, QWidget *parent)
    : QLabel(parent), m_appearance(appearance)
{
    setObjectName(u"lagLegend"_qs);
    setTextFormat(Qt::RichText);
}

QString LagLegend::figureText(double value) const
{
    switch (m_content.unit) {
    case LagUnit::Frames:
        return models::framesText(quint64(value));
    case LagUnit::Milliseconds:
        return replication::durationInWords(qint64(value * 1e6));
    case LagUnit::Users:
        return value == 1 ? tr("1 user") : tr("%1 users").arg(QLocale().toString(qint64(value)));
    }
    Q_UNREACHABLE();
}

QString LagLegend::figureAt(int line) const
{
    if (!m_content.at)
        return {};
    const auto point = models::pointAt(m_content.lines[line], *m_content.at, m_content.gapSeconds);
    return point ? figureText(point->y()) : u"—"_qs;
}

/// The lowest and the highest figure of the lines that are no lines of their own.
QString LagLegend::othersText() const
{
    if (!m_content.at)
        return tr("median to worst");
    std::optional<double> least, most;
    for (int i = 0; i < m_content.lines.size(); ++i) {
        if (m_content.drawn.contains(i))
            continue;
        const auto point = models::pointAt(m_content.lines[i], *m_content.at, m_content.gapSeconds);
        if (!point)
            continue;
        least = std::min(least.value_or(point->y()), point->y());
        most = std::max(most.value_or(point->y()), point->y());
    }
    return most ? tr("%1 to %2").arg(figureText(*least), figureText(*most)) : u"—"_qs;
}

void LagLegend::setContent(const Content &content)
{
    m_content = content;
    QStringList marked, words;
    const auto add = [&](const QColor &colour, QChar sign, const QString &text) {
        words.append(text);
        marked.append(u"<span style=\"color:%1\">%2</span>&nbsp;%3"_qs.arg(
            colour.name(), QString(sign), text.toHtmlEscaped().replace(u' ', u"&nbsp;"_qs)));
    };
    for (const int i : content.drawn)
        add(m_appearance.theme().variant(int(marked.size())), u'━',
            QString(content.names[i] + u' ' + figureAt(i)).trimmed());
    const qsizetype others = content.names.size() - content.drawn.size();
    if (others > 0 && !content.drawn.isEmpty())
        add(m_appearance.tokens().secondary, u'▒',
            tr("%1 others, %2").arg(QString::number(others), othersText()));
    if (content.at) {
        words.prepend(content.moment);
        marked.prepend(content.moment);
    }
    m_reading = content.at ? words.join(u"; ") : QString();
    if (const QString now = marked.join(u"&nbsp;&nbsp;&nbsp; "); now != text())
        setText(now);
    setVisible(!content.names.isEmpty());
}

} // namespace edgewise::replicationpage
