// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/compare.h>
#include <evaluation/population.h>
#include <widgets/movementtext.h>

#include <QCoreApplication>
#include <QLocale>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;

namespace {

QString movementText(const char *text)
{
    return QCoreApplication::translate("movementtext", text);
}

} // namespace

QString movementSentence(const evaluation::Movement &movement)
{
    const QLocale locale;
    qint64 moved = 0;
    for (const evaluation::FlagMovement &flag : movement.flags)
        moved += flag.moved;
    const QString who = locale.toString(movement.entities);
    const auto flags = movement.flags.size();
    if (flags == 0)
        return movementText("No flag answers differently.");
    if (moved == 0)
        return movementText("None of %1 entities get another answer.").arg(who);
    if (flags == 1)
        return movementText("%1 of %2 entities get another answer.")
            .arg(locale.toString(moved), who);
    return movementText("%1 answers of %2 flags to %3 entities change.")
        .arg(locale.toString(moved), locale.toString(qint64(flags)), who);
}

QString skippedRows(qint64 count, const std::vector<evaluation::MalformedRow> &first)
{
    constexpr size_t mostShown = 3;
    if (count == 0)
        return {};
    QStringList lines;
    for (size_t i = 0; i < std::min(mostShown, first.size()); ++i)
        lines.append(movementText("line %1: %2").arg(first[i].line).arg(first[i].problem));
    const QString which = lines.join(u"; "_qs);
    return count == 1
               ? movementText("1 row was skipped: %1").arg(which)
               : movementText("%1 rows were skipped: %2").arg(QLocale().toString(count), which);
}

} // namespace edgewise::widgets
