// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <store/journal.h>

namespace edgewise::store {

class JournalFile;

/// The part of the journal that is about saves of others. Called on the journal's thread.
Result<void> createSightings(JournalFile &file);
Result<void> keepSighting(JournalFile &file, const JournalSighting &sighting);
Result<void> dropSighting(JournalFile &file, const QString &source, qint64 seenAt);
Result<QList<JournalSighting>> sightings(JournalFile &file, const QString &source, int limit);

} // namespace edgewise::store
