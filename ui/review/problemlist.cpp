// SPDX-License-Identifier: GPL-3.0-or-later
#include <messages/sentence.h>
#include <review/problemlist.h>
#include <theme/appearance.h>

namespace edgewise::reviewpage {

using namespace Qt::StringLiterals;

ProblemList::ProblemList(const theme::Appearance &appearance, QWidget *parent)
    : QLabel(parent), m_appearance(appearance)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
}

void ProblemList::setProblems(const std::vector<flags::Problem> &problems)
{
    constexpr qsizetype mostShown = 6;
    QStringList lines;
    bool hasError = false;
    for (const flags::Problem &problem : problems) {
        const bool isError = problem.severity == flags::Problem::Severity::Error;
        hasError = hasError || isError;
        lines.append(theme::stateGlyph(isError ? theme::State::Bad : theme::State::Late) + u' '
                     + messages::place(problem.location) + u": "_qs + messages::sentence(problem));
    }
    const qsizetype more = lines.size() - mostShown;
    if (more > 0)
        lines = lines.mid(0, mostShown) + QStringList{tr("… and %1 more").arg(more)};
    setText(lines.join(u'\n'));
    setVisible(!lines.isEmpty());
    QPalette colours;
    colours.setColor(QPalette::WindowText,
                     hasError ? m_appearance.tokens().bad : m_appearance.tokens().late);
    setPalette(colours);
}

} // namespace edgewise::reviewpage
