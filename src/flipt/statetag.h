// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>

namespace edgewise::flipt {

/// The tags that a Flipt may give to a namespace whose state_modified_at is that time, nanoseconds
/// since 1970 (Flipt: internal/server/evaluation/data/server.go): the SHA-1 of protobuf's text of
/// the time, in which the library puts one blank or two, as each build of it likes.
QByteArrayList stateTags(qint64 nanoseconds);

} // namespace edgewise::flipt
