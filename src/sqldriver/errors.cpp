// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/errors.h"

namespace edgewise::sqldriver {

QSqlError toSqlError(const hrana::SqlError &error, const QString &attempt,
                     QSqlError::ErrorType type)
{
    const bool transaction = error.code.startsWith(u"TRANSACTION_");
    return QSqlError(attempt, error.message, transaction ? QSqlError::TransactionError : type,
                     error.code);
}

QSqlError toSqlError(const hrana::RequestFailure &failure, const QString &attempt)
{
    QString code = failure.error.nativeCode;
    if (failure.mayHaveRun)
        code = QString::fromUtf16(outcomeUnknownCode);
    else if (code.isEmpty())
        code = QString::fromUtf16(connectionFailedCode);
    return QSqlError(attempt, failure.error.detail, QSqlError::ConnectionError, code);
}

} // namespace edgewise::sqldriver
