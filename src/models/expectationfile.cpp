// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/expectationfile.h"

#include "models/textfile.h"

#include <QFile>

namespace edgewise::models {

using namespace Qt::StringLiterals;
using evaluation::Expectation;

namespace {

void setAnswer(Expectation &expectation, const evaluation::AnswerKey &answer)
{
    if (answer.status == 404) {
        expectation.answer = Expectation::Answer::Missing;
    } else if (answer.isBoolean) {
        expectation.answer = answer.value ? Expectation::Answer::True : Expectation::Answer::False;
    } else if (!answer.variant.isEmpty()) {
        expectation.answer = Expectation::Answer::Variant;
        expectation.variant = answer.variant;
    }
}

} // namespace

std::optional<Expectation> expectationOf(const evaluation::Trace &trace,
                                         const std::vector<std::pair<QString, QString>> &context)
{
    FlagOutcome outcome;
    outcome.key = trace.flag;
    outcome.newest.status = trace.status;
    outcome.newest.isBoolean = trace.isBoolean;
    outcome.newest.value = trace.value;
    outcome.newest.variant = trace.variantKey;
    return expectationOf(outcome, {trace.nameSpace, trace.entity, context});
}

std::optional<Expectation> expectationOf(const FlagOutcome &outcome,
                                         const OutcomeQuestion &question)
{
    if (outcome.newest.status != 200 && outcome.newest.status != 404)
        return std::nullopt;
    Expectation expectation;
    expectation.nameSpace = NamespaceKey(question.nameSpace);
    expectation.flag = FlagKey(outcome.key);
    expectation.entity = question.entity;
    expectation.context = question.context;
    setAnswer(expectation, outcome.newest);
    return expectation;
}

QByteArray withExpectations(const QByteArray &text, const std::vector<Expectation> &added)
{
    QByteArray result = text;
    if (!result.isEmpty() && !result.endsWith('\n'))
        result += '\n';
    for (const Expectation &expectation : added) {
        const QByteArray line = evaluation::printExpectation(expectation).toUtf8() + '\n';
        // Which namespace holds at the end is the reader's to say.
        const auto read = evaluation::parseExpectations(result + line).expectations;
        const bool isUnder = !read.empty() && read.back().nameSpace == expectation.nameSpace;
        // A file starts in the namespace "default", so printing one there names every other.
        if (!isUnder && expectation.nameSpace == NamespaceKey(u"default"_qs))
            result += "namespace default\n" + line;
        else
            result += isUnder ? line : evaluation::printExpectations({expectation});
    }
    return result;
}

Result<void> appendExpectations(const QString &file, const std::vector<Expectation> &added)
{
    QByteArray text;
    if (QFile::exists(file)) {
        const Result<QByteArray> read = readTextFile(u"adding expectations"_qs, file);
        if (!read)
            return read.error();
        text = *read;
    }
    return writeTextFile(u"adding expectations"_qs, file, withExpectations(text, added));
}

} // namespace edgewise::models
