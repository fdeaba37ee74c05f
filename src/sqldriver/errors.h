// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/answer.h>
#include <hrana/stream.h>

#include <QSqlError>

namespace edgewise::sqldriver {

// Native codes of the driver itself; all others are the server's ("SQLITE_CONSTRAINT", "HTTP_429").

/// The request was sent and its answer lost: what it writes may have landed or not.
inline constexpr char16_t outcomeUnknownCode[] = u"OUTCOME_UNKNOWN";
/// No connection, or no answer that the statement needed; nothing was executed.
inline constexpr char16_t connectionFailedCode[] = u"CONNECTION_FAILED";
/// The server has rolled the open transaction back (another writer waited for it, the stream was
/// idle for too long, the node went away). Statements are refused until rollback().
inline constexpr char16_t transactionLostCode[] = u"TRANSACTION_LOST";
/// The connection was opened for reading alone, and the statement may write.
inline constexpr char16_t readOnlyCode[] = u"READ_ONLY";

/// `attempt` says what was tried, as a sentence of the driver.
QSqlError toSqlError(const hrana::SqlError &error, const QString &attempt,
                     QSqlError::ErrorType type = QSqlError::StatementError);
QSqlError toSqlError(const hrana::RequestFailure &failure, const QString &attempt);

} // namespace edgewise::sqldriver
