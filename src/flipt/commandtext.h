// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flipt/answers.h>

class QUrl;

/// A question to a running Flipt as a command for a POSIX shell, to be pasted into a ticket or a
/// terminal. A token is never part of it: where one is needed, the command names the variable that
/// holds it. A control character is quoted like anything else.
namespace edgewise::flipt {

enum class FlagKind { Variant, Boolean };

/// `base` as parseAddress() gives it. The endpoint is that of the flag's kind (Flipt:
/// rpc/flipt/evaluation/evaluation.proto).
QString curlCommand(const QUrl &base, const Request &request, FlagKind kind,
                    bool needsToken = false);

/// `flipt evaluate` (Flipt: cmd/flipt/evaluate.go). Input where it cannot be said: the command
/// parts a property from its value at the first "=", so no name may hold one.
Result<QString> evaluateCommand(const QUrl &base, const Request &request, bool needsToken = false);

/// One word of a POSIX shell, quoted only where it must be.
QString shellWord(const QString &text);

} // namespace edgewise::flipt
