// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace edgewise::segmentspage {

/// An operator as people say it, which depends on the constraint's type: "is after" for a
/// date-time that is "gt". The operator itself when it is none of Flipt's.
QString operatorText(int constraintType, const QString &operatorName);

/// "text", "number", "true or false", "date and time", "entity id".
QString constraintTypeText(int constraintType);

} // namespace edgewise::segmentspage
