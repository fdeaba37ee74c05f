// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/completion.h>

#include <QVariantList>

namespace edgewise::store {

/// What a statement of a save is for, which decides what its failure means.
enum class Purpose {
    SchemaGuard,    ///< the schema is still 15 and clean
    RowGuard,       ///< the object's row still holds what the changes were made on
    SiblingGuard,   ///< nobody added, removed or re-ranked objects beside it
    ReferenceGuard, ///< what it refers to is still there; or nothing refers to what is removed
    StampGuard,     ///< the namespace's stamp is older than the one to be written
    Change,         ///< writes
    Setting,        ///< neither
};

struct WriteStatement {
    QString sql;
    QVariantList arguments;
    Purpose purpose = Purpose::Change;
    changes::Address object; ///< that it is about
};

/// A save as statements of one transaction, in order. Every Change is followed by a guard that
/// fails in SQL, and with it the whole batch, when the count of changed rows is not the expected
/// one: an answer that comes too late to be looked at by a client that has gone meanwhile.
struct WritePlan {
    QList<WriteStatement> statements; ///< empty when there is nothing to do
    CompletedSave save;
    bool isGrouped = false; ///< some INSERT holds several rows
};

/// How many rows an INSERT may hold.
enum class Inserts {
    Single,  ///< one, so that a refusal names its object
    Grouped, ///< many, where many objects of one kind are added
};

/// Pure. `now` is wall clock, nanoseconds since 1970. Errors as of completeSave.
Result<WritePlan> planWrite(const changes::ChangeSet &changes, const flags::Snapshot &base,
                            qint64 now, const IdGenerator &newId,
                            Inserts inserts = Inserts::Grouped);

/// The statements with their arguments put in, for people. Ids and times that are made at the save
/// stand as ":generated".
QStringList statementTexts(const WritePlan &plan);

} // namespace edgewise::store
