// SPDX-License-Identifier: GPL-3.0-or-later
#include "messages/sentence.h"

#include <QCoreApplication>

namespace edgewise::messages {

namespace {

using doctor::Remedy;

const char *remedyText(Remedy remedy)
{
    switch (remedy) {
    case Remedy::None:
        return QT_TRANSLATE_NOOP("Remedy", "a person has to decide; no change set does this.");
    case Remedy::RenewStamp:
        return QT_TRANSLATE_NOOP("Remedy", "write a new version stamp.");
    case Remedy::RemoveOrphan:
        return QT_TRANSLATE_NOOP("Remedy", "delete the row.");
    case Remedy::ClearDefaultVariant:
        return QT_TRANSLATE_NOOP("Remedy", "leave the flag without a default variant.");
    case Remedy::RemoveDistribution:
        return QT_TRANSLATE_NOOP("Remedy", "delete the distribution.");
    case Remedy::RemoveSegmentLink:
        return QT_TRANSLATE_NOOP("Remedy",
                                 "drop the segment, and with the last one what named it.");
    case Remedy::RemoveRule:
        return QT_TRANSLATE_NOOP("Remedy", "delete the rule.");
    case Remedy::RemoveRollout:
        return QT_TRANSLATE_NOOP("Remedy", "delete the rollout.");
    case Remedy::SeparateTimes:
        return QT_TRANSLATE_NOOP("Remedy",
                                 "set the creation times a microsecond apart, in today's order.");
    case Remedy::Renumber:
        return QT_TRANSLATE_NOOP("Remedy", "number the ranks from 1, in the order of evaluation.");
    case Remedy::QuoteAttachment:
        return QT_TRANSLATE_NOOP("Remedy", "make the text a JSON text; an empty one goes.");
    case Remedy::WrapMetadata:
        return QT_TRANSLATE_NOOP("Remedy",
                                 "put the text into an object as \"text\"; an empty one goes.");
    case Remedy::ChooseConstraintType:
        return QT_TRANSLATE_NOOP("Remedy", "take the first type that has the operator.");
    case Remedy::ChooseFlagType:
        return QT_TRANSLATE_NOOP("Remedy",
                                 "make it boolean where it has rollouts and no variants, else a "
                                 "variant flag.");
    case Remedy::ChooseRolloutType:
        return QT_TRANSLATE_NOOP("Remedy", "set the type that its parts have.");
    case Remedy::LimitPercentage:
        return QT_TRANSLATE_NOOP("Remedy", "bring the percentage into 0 to 100.");
    }
    return "";
}

} // namespace

QString sentence(Remedy remedy)
{
    return QCoreApplication::translate("Remedy", remedyText(remedy));
}

} // namespace edgewise::messages
