// SPDX-License-Identifier: GPL-3.0-or-later
#include "messages/sentence.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace edgewise::messages {

namespace {

/// What is said of a kind of error: what happened, and what to do next.
struct Phrases {
    const char *what;
    const char *next;
};

Phrases phrasesOf(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::Input:
        return {QT_TRANSLATE_NOOP("Error", "The input is not what it must be"),
                QT_TRANSLATE_NOOP("Error", "Correct it and try again.")};
    case Error::Kind::Network:
        return {QT_TRANSLATE_NOOP("Error", "There was no answer"),
                QT_TRANSLATE_NOOP("Error", "Check the address, and whether the other side runs.")};
    case Error::Kind::Auth:
        return {QT_TRANSLATE_NOOP("Error", "Access was refused"),
                QT_TRANSLATE_NOOP("Error", "Check the token of the connection.")};
    case Error::Kind::Protocol:
        return {QT_TRANSLATE_NOOP("Error", "The answer could not be understood"),
                QT_TRANSLATE_NOOP("Error", "Check that the address is the right one.")};
    case Error::Kind::Schema:
        return {QT_TRANSLATE_NOOP("Error", "The database is not one that can be used here"),
                QT_TRANSLATE_NOOP("Error",
                                  "Choose another database, or bring this one to Flipt's current "
                                  "schema with \"flipt migrate\".")};
    case Error::Kind::Constraint:
        return {
            QT_TRANSLATE_NOOP("Error", "The database refused the change"),
            QT_TRANSLATE_NOOP("Error", "Nothing was written. Mend what it names and save again.")};
    case Error::Kind::Conflict:
        return {QT_TRANSLATE_NOOP("Error", "Somebody else changed the same things meanwhile"),
                QT_TRANSLATE_NOOP("Error",
                                  "Nothing was written. Compare both versions and save again.")};
    case Error::Kind::NotFound:
        return {QT_TRANSLATE_NOOP("Error", "Something was not found"),
                QT_TRANSLATE_NOOP("Error", "Check the name.")};
    case Error::Kind::ReadOnly:
        return {
            QT_TRANSLATE_NOOP("Error", "Nothing may be written here"),
            QT_TRANSLATE_NOOP("Error", "Unlock the connection, or write to the primary instead.")};
    case Error::Kind::Unknown:
        return {QT_TRANSLATE_NOOP("Error", "It is not known whether the save has landed"),
                QT_TRANSLATE_NOOP("Error",
                                  "Nothing more can be saved until the primary has been asked.")};
    case Error::Kind::Cancelled:
        return {QT_TRANSLATE_NOOP("Error", "It was cancelled"), ""};
    case Error::Kind::Internal:
        break;
    }
    return {QT_TRANSLATE_NOOP("Error", "Edgewise itself has failed"),
            QT_TRANSLATE_NOOP("Error", "Report it with the text of this message.")};
}

QString translated(const char *text)
{
    return QCoreApplication::translate("Error", text);
}

/// One line without an end mark, so that it can stand within a sentence.
QString inSentence(const QString &words)
{
    QString text = words.simplified();
    while (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

} // namespace

QString sentence(const Error &error)
{
    const Phrases phrases = phrasesOf(error.kind);
    const QString step = inSentence(error.step);
    QString detail = inSentence(error.detail);
    if (!error.nativeCode.isEmpty() && !detail.contains(error.nativeCode))
        detail += detail.isEmpty() ? error.nativeCode : u" ("_qs + error.nativeCode + u')';

    QString what = translated(phrases.what);
    if (!step.isEmpty())
        what = translated(QT_TRANSLATE_NOOP("Error", "%1 while %2")).arg(what, step);
    if (!detail.isEmpty())
        what = translated(QT_TRANSLATE_NOOP("Error", "%1: %2")).arg(what, detail);
    QString result = what + u'.';
    if (*phrases.next)
        result += u' ' + translated(phrases.next);
    if (error.retryable)
        result +=
            u' ' + translated(QT_TRANSLATE_NOOP("Error", "The same may succeed a little later."));
    return result;
}

} // namespace edgewise::messages
