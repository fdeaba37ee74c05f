// SPDX-License-Identifier: GPL-3.0-or-later
#include <messages/sentence.h>
#include <theme/appearance.h>
#include <widgets/problemlines.h>

namespace edgewise::widgets {

using flags::Problem;

ProblemLines::ProblemLines(const theme::Appearance &appearance, QWidget *parent)
    : QLabel(parent), m_appearance(appearance)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setFocusPolicy(Qt::NoFocus);
    connect(&appearance, &theme::Appearance::changed, this, &ProblemLines::takeTheme);
    hide();
}

void ProblemLines::setProblems(const std::vector<Problem> &problems)
{
    QStringList errors;
    QStringList warnings;
    for (const Problem &problem : problems) {
        const bool error = problem.severity == Problem::Severity::Error;
        const QString line = theme::stateGlyph(error ? theme::State::Bad : theme::State::Late)
                             + QChar(u' ') + messages::sentence(problem);
        (error ? errors : warnings).append(line);
    }
    m_hasErrors = !errors.isEmpty();
    const QString text = (errors + warnings).join(QChar(u'\n'));
    if (text == this->text())
        return;
    setText(text);
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    takeTheme();
}

void ProblemLines::takeTheme()
{
    QPalette colours;
    colours.setColor(QPalette::WindowText,
                     m_hasErrors ? m_appearance.tokens().bad : m_appearance.tokens().late);
    setPalette(colours);
}

} // namespace edgewise::widgets
