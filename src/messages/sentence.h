// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>
#include <doctor/finding.h>
#include <flags/validate.h>

#include <QString>

/// The one room where values become sentences for people, for window and command line alike.
/// Sentence case, translated by QCoreApplication::translate, one line, no mark-up; what came from
/// outside (an Error's detail, keys, values) is quoted as it is, line breaks turned to blanks.
namespace edgewise::messages {

/// What happened, why, and what to do next.
QString sentence(const Error &error);

/// The same for something that validation found; says nothing of where, because in the window it
/// stands beside it.
QString sentence(const flags::Problem &problem);

/// What the remedy does, as a phrase that continues "Repair:"; of None, why there is none.
QString sentence(doctor::Remedy remedy);

/// Where: "flag new-checkout in default, rule 2".
QString place(const flags::Location &location);

} // namespace edgewise::messages
