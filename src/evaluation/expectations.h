// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>
#include <evaluation/program.h>

#include <QByteArray>
#include <QString>

#include <utility>
#include <vector>

/// Golden expectations: "this entity must get that", kept in a file that people read and write.
///
/// A line is one expectation, its words parted by blanks:
///
///     # comment
///     namespace checkout
///     new-checkout  user-42  plan=pro country="New Zealand"  -> one-page
///     quiet-hours   user-1   -> true
///     new-checkout  ""       plan=free -> none
///     old-banner    user-1   -> missing
///
/// Flag, entity, properties of the context, an arrow, and what is served: a variant's key, "none"
/// for no variant, true or false of a boolean flag, "missing" for a flag that is not there. A word
/// with blanks, quotes, "#" or "=" in it is written as a JSON string; so is a variant that is
/// called none, missing, true or false. "namespace" holds for the lines after it and is "default"
/// at first.
namespace edgewise::evaluation {

struct Expectation {
    enum class Answer { Variant, NoVariant, True, False, Missing };

    NamespaceKey nameSpace;
    FlagKey flag;
    QString entity;
    std::vector<std::pair<QString, QString>> context;
    Answer answer = Answer::NoVariant;
    QString variant; ///< of Answer::Variant
    int line = 0;    ///< from 1; 0 for one that is in no file

    friend bool operator==(const Expectation &, const Expectation &) = default;
};

struct LineProblem {
    int line = 0; ///< from 1
    QString what;

    friend bool operator==(const LineProblem &, const LineProblem &) = default;
};

struct ExpectationFile {
    std::vector<Expectation> expectations;
    std::vector<LineProblem> problems; ///< lines that are no expectation; the others hold
};

ExpectationFile parseExpectations(const QByteArray &text);

/// The line of one expectation, without its namespace, and whole files, which parse back equal.
QString printExpectation(const Expectation &expectation);
QByteArray printExpectations(const std::vector<Expectation> &expectations);

struct ExpectationResult {
    bool isMet = false;
    QString expected; ///< as in the file: "one-page", "none" …
    QString actual;   ///< likewise, or Flipt's error
    QString why;      ///< the conclusion of the trace
};

ExpectationResult check(const Program &program, const Expectation &expectation);

} // namespace edgewise::evaluation
