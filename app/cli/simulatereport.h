// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/compare.h>

#include <QByteArrayList>
#include <QJsonObject>

namespace edgewise::cli {

/// What an entity is served, in the words of an expectation file: a variant's key, none, true,
/// false, missing; "error 500" where Flipt fails.
QString answerText(const evaluation::AnswerKey &answer);
/// {"status","reason","match","variant"} of a variant flag, {"status","reason","enabled"} of a
/// boolean one, {"status"} of an error.
QJsonObject answerJson(const evaluation::AnswerKey &answer);

/// What decided: "rule 2", "rollout 1", or why none did.
QString decisionText(const evaluation::Served &served);

/// A table for people, widest share first.
QByteArrayList tallyLines(const evaluation::Simulation &simulation, const evaluation::Tally &tally);
QJsonObject tallyJson(const evaluation::Simulation &simulation, const evaluation::Tally &tally);

QByteArrayList movementLines(const evaluation::FlagMovement &movement, qint64 entities);
QJsonObject movementJson(const evaluation::FlagMovement &movement, qint64 entities);

QByteArray moveLine(const evaluation::Move &move);
QJsonObject moveJson(const evaluation::Move &move);

} // namespace edgewise::cli
