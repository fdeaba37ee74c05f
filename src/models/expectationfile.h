// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <evaluation/expectations.h>
#include <evaluation/trace.h>
#include <models/outcometablemodel.h>

#include <QString>

#include <optional>

namespace edgewise::models {

/// The golden expectation that what a trace answers stays as it is; nothing for an error other than
/// a missing flag, which is no answer to keep.
std::optional<evaluation::Expectation>
expectationOf(const evaluation::Trace &trace,
              const std::vector<std::pair<QString, QString>> &context);
/// The same of what a flag answers in the newest of the states that were asked.
std::optional<evaluation::Expectation> expectationOf(const FlagOutcome &outcome,
                                                     const OutcomeQuestion &question);

/// `text` with the expectations at its end, each under its namespace; everything that is there
/// stays as it is, comments included.
QByteArray withExpectations(const QByteArray &text,
                            const std::vector<evaluation::Expectation> &added);

/// The same in a file, which is made where there is none; whole or not at all.
Result<void> appendExpectations(const QString &file,
                                const std::vector<evaluation::Expectation> &added);

} // namespace edgewise::models
